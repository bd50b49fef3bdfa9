"""Codes that a typed line names."""

from collections.abc import Collection

from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.tables import LigneDocument
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.references import table_visee
from aurore_api.tables.service import Referentiel
from aurore_domain.erreurs import lever


def verifier_references(entree: LigneEntree, referentiel: Referentiel) -> None:
    """Refuse those that are not there. Raises `ReferenceInconnue`."""
    connus: dict[str, Collection[str]] = {
        "code_tva": referentiel.codes_tva,
        "imputation": referentiel.imputations,
        "depot": referentiel.depots,
        "unite": referentiel.unites,
        "plan_analytique": referentiel.plans_analytiques,
        "compte_analytique": referentiel.comptes_analytiques,
    }
    lever(
        [
            ReferenceInconnue(pointeur=f"#/{champ}", table=table_visee(LigneDocument, champ))
            for champ, codes in connus.items()
            if (code := getattr(entree, champ)) is not None and code not in codes
        ]
    )
