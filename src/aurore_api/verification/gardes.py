"""What the database itself guards: nothing of it is switched off or gone (SEC-04)."""

from collections.abc import Iterable

from sqlmodel import SQLModel

from aurore_api.socle.colonnes import SOCIETE
from aurore_api.verification.ecarts import Ecart, requete
from aurore_api.verification.lecture import Lecture

AJOUT_SEUL = ("corrections_vidanges", "evenements", "mouvements", "numeros_effaces", "versions_documents")
"""The tables that the database lets nobody alter."""

_actives = requete(
    """
    SELECT 'table ' || c.relname, 'déclencheur ' || t.tgname, 'actif', 'inactif'
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled NOT IN ('O', 'A')
    UNION ALL
    SELECT 'table ' || c.relname, 'contrainte ' || k.conname, 'validée', 'non validée'
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = current_schema()::regnamespace
      AND (NOT k.convalidated OR to_jsonb(k)->>'conenforced' = 'false')
    UNION ALL
    SELECT 'table ' || c.relname, 'index ' || x.relname, 'valide', 'invalide'
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)
    UNION ALL
    SELECT 'table ' || nom, 'déclencheur', 'refuse tout changement', NULL
    FROM unnest($1::text[]) AS nom
    WHERE NOT EXISTS (
        SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = nom AND p.proname = 'refuser_changement'
    )
    ORDER BY 1, 2
    """,
    valeurs=[list(AJOUT_SEUL)],
)
_PRESENTES = """
    SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
    UNION SELECT relname FROM pg_class WHERE relkind = 'i' AND relnamespace = current_schema()::regnamespace
"""


async def gardes(lecture: Lecture) -> Iterable[Ecart]:
    """Triggers enabled, constraints and indexes all there and valid, the journal append-only."""
    trouves = list(await _actives(lecture))
    presentes = {nom for (nom,) in await lecture.lire(_PRESENTES)}
    for table in SQLModel.metadata.sorted_tables:
        if table.schema != SOCIETE:
            continue
        voulues = [("contrainte", une.name) for une in table.constraints] + [("index", un.name) for un in table.indexes]
        trouves += [
            Ecart(f"table {table.name}", f"{genre} {nom}", "présent", "absent")
            for genre, nom in sorted((genre, str(nom)) for genre, nom in voulues)
            if nom not in presentes
        ]
    return trouves
