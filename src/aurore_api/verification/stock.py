"""The stock: documents against the ledger, that against balances, values against their replay (MVT-01, MVT-02)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from aurore_api.verification.dossiers import Dossier
from aurore_api.verification.ecarts import Ecart, comparer, requete
from aurore_api.verification.lecture import Lecture
from aurore_api.verification.memoire import Memoire
from aurore_domain.montants import ZERO
from aurore_domain.stock import Effet, effets
from aurore_domain.valorisation import Valorisation, rejouer


def examiner(dossier: Dossier, _memoire: Memoire) -> Iterator[Ecart]:
    """What the ledger says of a document otherwise than what its lines do to the stock, and whose it is (TRF-05)."""
    attendus: defaultdict[Effet, Decimal] = defaultdict(Decimal)
    for effet in effets(dossier, dossier.lignes):
        chez = effet.livre_a or dossier.entete["client"]
        attendus[replace(effet, quantite=ZERO, livre_a=chez)] += effet.quantite
    trouves = dossier.mouvements
    if attendus == trouves:
        return
    ordres = {ligne.id: ligne.ordre for ligne in dossier.lignes}
    for effet in sorted({*attendus, *trouves}, key=lambda un: (ordres.get(un.ligne, 0), un.article, un.date)):
        attendu, trouve = attendus.get(effet, ZERO), trouves.get(effet, ZERO)
        if attendu != trouve:
            ligne = ordres.get(effet.ligne, "disparue")
            lieu = f"{effet.article} dans {effet.depot} chez {effet.livre_a} au {effet.date}"
            yield Ecart(f"{dossier.nom}, ligne {ligne}, {lieu}", str(effet.compte), str(attendu), str(trouve))


orphelins = requete(
    """
    SELECT 'document ' || document || ', ligne ' || ligne || ', ' || article || ' dans ' || depot, compte, '0',
           sum(quantite)::text
    FROM mouvements m
    WHERE document IS NOT NULL AND NOT EXISTS (SELECT FROM documents d WHERE d.id = m.document)
    GROUP BY document, ligne, article, depot, compte, genre, date, prix, frais
    HAVING sum(quantite) <> 0
    ORDER BY 1, 2
    """
)
"""What is gone does nothing to the stock any more."""

soldes = requete(
    """
    WITH sommes AS (
        SELECT article, depot, coalesce(sum(quantite) FILTER (WHERE compte = 'physique'), 0) AS physique,
               coalesce(sum(quantite) FILTER (WHERE compte = 'commande_client'), 0) AS commande_client,
               coalesce(sum(quantite) FILTER (WHERE compte = 'commande_fournisseur'), 0) AS commande_fournisseur
        FROM mouvements GROUP BY article, depot
    )
    SELECT 'article ' || article || ', dépôt ' || depot, champ, attendu::text, trouve::text
    FROM sommes m FULL JOIN stocks s USING (article, depot), LATERAL (VALUES
        ('physique', coalesce(m.physique, 0), s.physique),
        ('commande_client', coalesce(m.commande_client, 0), s.commande_client),
        ('commande_fournisseur', coalesce(m.commande_fournisseur, 0), s.commande_fournisseur)
    ) AS comptes (champ, attendu, trouve)
    WHERE attendu IS DISTINCT FROM trouve
    UNION ALL
    SELECT 'article ' || article, 'physique', coalesce(m.physique, 0)::text, v.physique::text
    FROM (SELECT article, sum(physique) AS physique FROM sommes GROUP BY article) m
    FULL JOIN valorisations v USING (article)
    WHERE coalesce(m.physique, 0) <> coalesce(v.physique, 0)
    ORDER BY 1, 2
    """
)
"""Balances are the sums of the ledger, per dépôt and over all of them (MVT-02)."""

_ENTREES = """
    WITH nets AS (
        SELECT article, ligne, date, prix, frais, sum(quantite) AS quantite,
               min(min(id)) OVER (PARTITION BY article, ligne) AS rang
        FROM mouvements WHERE compte = 'physique' GROUP BY article, ligne, date, prix, frais
    ), rangees AS (
        SELECT article, date, quantite, prix, coalesce(frais, 0) AS frais, rang, frais AS frais_dits,
               coalesce(sum(quantite) OVER (
                   PARTITION BY article ORDER BY date, rang, prix IS NULL, prix, frais
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS stock_avant
        FROM nets
    )
    SELECT article, date, quantite, prix, frais, stock_avant FROM rangees
    WHERE prix IS NOT NULL AND quantite <> 0 ORDER BY article, date, rang, prix, frais_dits
"""
_VALEURS = "SELECT article, pamp, dernier_prix, derniers_frais, derniere_entree FROM valorisations ORDER BY article"


@dataclass(frozen=True, slots=True)
class Entree:
    """A priced entry, as the domain replays it."""

    date: date
    quantite: Decimal
    prix: Decimal
    frais: Decimal
    stock_avant: Decimal


async def valeurs(lecture: Lecture) -> Iterable[Ecart]:
    """Average and last prices are those of the replay of all entries (CAL-12, CAL-13)."""
    entrees: defaultdict[str, list[Entree]] = defaultdict(list)
    for article, *entree in await lecture.lire(_ENTREES):
        entrees[article].append(Entree(*entree))
    gardees = {article: Valorisation(*valeur) for article, *valeur in await lecture.lire(_VALEURS)}
    champs = ("pamp", "dernier_prix", "derniers_frais", "derniere_entree")
    trouves: list[Ecart] = []
    for article in sorted({*entrees, *gardees}):
        attendue, gardee = rejouer(entrees[article]), gardees.get(article, Valorisation())
        attendus = {nom: getattr(attendue, nom) for nom in champs}
        trouves += comparer(f"article {article}", attendus, {nom: getattr(gardee, nom) for nom in champs})
    return trouves
