"""Documents by the hundred thousand, made by the database itself out of a few that the API made."""

import json
from typing import Any

import asyncpg

from bench.serveur import Appelant

LIGNES = 5
CLIENTS, ARTICLES, JOURS = 500, 200, 700
PREMIER = "2024-12-01"
ENTIERE, MOITIE = "12", "6"
"""What lines hold, and what has gone of those of every tenth commande, which is left with a back-order."""

CHAINE = """
    SELECT rang, (rang - 1) / 3 AS chaine, (rang - 1) % 3 AS etape, ((rang - 1) / 3) % 10 = 0 AS ouverte,
           CASE (rang - 1) % 3 WHEN 0 THEN 'commande' WHEN 1 THEN 'bordereau' ELSE 'facture' END AS type,
           'K' || lpad((((rang - 1) / 3) % {clients})::text, 4, '0') AS client,
           date '{premier}' + (rang * {jours} / {nombre})::int AS jour
    FROM generate_series(1, {nombre}) AS rang
"""
_DOCUMENT = "('01900000-0000-7000-8000-' || lpad(to_hex({}), 12, '0'))::uuid"
LIGNE = "('01900000-0000-7000-9000-' || lpad(to_hex({}), 12, '0'))::uuid"
EN_TETES = {
    "id": _DOCUMENT.format("c.rang"),
    "type": "c.type",
    "etat": "CASE WHEN c.etape = 2 OR (c.etape = 0 AND c.ouverte) THEN 'en_attente' ELSE 'transfere' END",
    "exercice": "extract(year FROM c.jour)::text",
    "numero": "1000000 + c.chaine",
    "numero_affiche": "upper(left(c.type, 2)) || extract(year FROM c.jour) || '/' || c.chaine",
    "date": "c.jour",
    "date_commande": "c.jour",
    "client": "c.client",
    "client_copie": """m.client_copie || jsonb_build_object('numero', c.client)""",
    "vos_references": "CASE WHEN c.chaine % 3 = 0 THEN 'BC ' || c.chaine END",
    "recherche": "lower(c.client) || ' hotel ' || c.chaine || ' bc ' || c.chaine",
    "cree_le": "c.jour + c.rang % 86400 * interval '1 second'",
}
ORIGINE = LIGNE.format("(c.rang - 1) * 16 + m.ordre / 100")
LIGNES_FAITES = {
    "id": LIGNE.format("c.rang * 16 + m.ordre / 100"),
    "document": _DOCUMENT.format("c.rang"),
    "article": f"'G' || lpad(((c.rang * 7 + m.ordre / 100 * 31) % {ARTICLES})::text, 3, '0')",
    "quantite_transferee": f"CASE WHEN c.etape = 2 THEN 0 WHEN c.ouverte THEN {MOITIE} ELSE {ENTIERE} END",
    "origine": f"CASE WHEN c.etape > 0 THEN {ORIGINE} END",
    "nature": "CASE WHEN c.etape > 0 THEN 'consomme' END",
}

MOUVEMENTS = """
    INSERT INTO mouvements (instant, date, article, depot, compte, genre, quantite, ligne, document, client)
    SELECT d.cree_le, d.date, l.article, l.depot,
           CASE d.type WHEN 'commande' THEN 'commande_client' ELSE 'physique' END,
           'client', CASE d.type WHEN 'commande' THEN fois ELSE -fois END * faits.quantite, l.id, d.id, d.client
    FROM documents AS d JOIN lignes AS l ON l.document = d.id,
         LATERAL (VALUES (1, l.quantite), (-1, l.quantite_transferee)) AS faits (fois, quantite)
    WHERE d.id BETWEEN {premier} AND {dernier} AND faits.quantite <> 0 ORDER BY d.date, l.id, fois DESC
"""
"""What each line holds, and what went on to the next document, which holds it from then on."""
SOLDES = (
    """INSERT INTO stocks (article, depot, physique, commande_client, commande_fournisseur, suivi)
        SELECT article, depot, coalesce(sum(quantite) FILTER (WHERE compte = 'physique'), 0),
               coalesce(sum(quantite) FILTER (WHERE compte = 'commande_client'), 0), 0, false
        FROM mouvements GROUP BY article, depot
        ON CONFLICT (article, depot) DO UPDATE
        SET physique = excluded.physique, commande_client = excluded.commande_client""",
    """INSERT INTO valorisations (article, physique) SELECT article, sum(physique) FROM stocks GROUP BY article
        ON CONFLICT (article) DO UPDATE SET physique = excluded.physique""",
)


def document(rang: int) -> str:
    """The identifier of a generated document."""
    return f"01900000-0000-7000-8000-{rang:012x}"


def numero(nombre: int) -> int:
    """A number that a document of 2025 has, among so many."""
    return 1_000_000 + nombre // 10


def modeles(appelant: Appelant) -> list[str]:
    """Clients and articles, and a printed commande of each quantity; gives the identifiers of these."""
    for rang in range(CLIENTS):
        appelant.poster("/v1/clients", {"numero": f"K{rang:04}", "nom": f"Hôtel {rang}", "tarif": "REV"})
    for rang in range(ARTICLES):
        article = {"numero": f"G{rang:03}", "designation": f"Pain n° {rang}", "unite": "PCE", "code_tva_vente": "6"}
        appelant.poster("/v1/articles", article | {"prix_vente": "1.2500"})
    faits = []
    for quantite in (ENTIERE, MOITIE):
        lignes = [{"article": f"G{rang:03}", "quantite": quantite} for rang in range(LIGNES)]
        fait = appelant.poster("/v1/documents", {"type": "commande", "client": "K0000", "lignes": lignes})
        appelant.poster(f"/v1/documents/{fait['id']}/impression", {})
        faits.append(fait["id"])
    return faits


async def documents(lien: asyncpg.Connection, schema: str, faits: list[str], nombre: int) -> None:
    """Chains of commande, bordereau and facture, linked line by line, numbered, with their stock and an event each."""
    chaine = CHAINE.format(clients=CLIENTS, jours=JOURS, premier=PREMIER, nombre=nombre)
    entiere, moitie = faits
    # Of an open chain what was delivered and invoiced is the half.
    choix = f"m.{{}} = CASE WHEN c.ouverte AND c.etape > 0 THEN '{moitie}' ELSE '{entiere}' END::uuid"
    await lien.execute(f"SET search_path TO {schema}, public")
    await lien.execute("""INSERT INTO exercices (version, code, debut, fin, etat)
        SELECT 1, an::text, make_date(an, 1, 1), make_date(an, 12, 31), 'ouvert' FROM generate_series(2024, 2026) AS an
        ON CONFLICT DO NOTHING""")
    # Issued from the start, and their references right: nothing is checked row by row.
    await lien.execute("SET session_replication_role TO replica")
    await _copier(lien, "documents", EN_TETES, chaine, choix.format("id"))
    await _copier(lien, "lignes", LIGNES_FAITES, chaine, choix.format("document"))
    await lien.execute(
        f"""INSERT INTO evenements (instant, cle, requete, action, ressource, identifiant, apres)
            SELECT now(), 1, 'bench', 'creation', 'document', {EN_TETES["id"]}, $1 FROM ({chaine}) AS c""",
        json.dumps({"type": "commande", "etat": "en_attente", "lignes": []}),
    )
    await lien.execute(MOUVEMENTS.format(premier=_DOCUMENT.format(1), dernier=_DOCUMENT.format(nombre)))
    for soldes in SOLDES:
        await lien.execute(soldes)
    await lien.execute("""INSERT INTO compteurs (exercice, type, dernier, derniere_date, version)
        SELECT exercice, type, max(numero), max(date), 1 FROM documents WHERE numero IS NOT NULL GROUP BY 1, 2
        ON CONFLICT (exercice, type) DO UPDATE
        SET dernier = excluded.dernier, derniere_date = excluded.derniere_date""")
    await lien.execute("VACUUM ANALYZE")


async def _copier(lien: Any, table: str, autres: dict[str, str], chaine: str, choix: str) -> None:
    """Rows like those of the models, but for these columns."""
    colonnes = [
        nom
        for (nom,) in await lien.fetch(
            "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped",
            table,
        )
    ]
    valeurs = ", ".join(autres.get(nom, f"m.{nom}") for nom in colonnes)
    await lien.execute(
        f"""INSERT INTO {table} ({", ".join(colonnes)})
            SELECT {valeurs} FROM ({chaine}) AS c JOIN {table} AS m ON {choix}"""
    )
