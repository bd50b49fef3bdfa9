"""Codes that a typed header or line names."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import SQLModel

from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.tables import LigneDocument
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.references import table_visee
from aurore_api.tables.service import Referentiel
from aurore_domain.erreurs import lever


def refuser_inconnues(
    objet: Any, connus: Mapping[str, Collection[str]], table: type[SQLModel], racine: str = "#"
) -> None:
    """Refuse codes, by field, that are none of those known; `table` has the fields. Raises `ReferenceInconnue`."""
    lever(
        [
            ReferenceInconnue(pointeur=f"{racine}/{champ}", table=table_visee(table, champ))
            for champ, codes in connus.items()
            if (code := getattr(objet, champ)) is not None and code not in codes
        ]
    )


def verifier_references(entree: LigneEntree, referentiel: Referentiel) -> None:
    """Refuse those of a line that are not there. Raises `ReferenceInconnue`."""
    connus: dict[str, Collection[str]] = {
        "code_tva": referentiel.codes_tva,
        "imputation": referentiel.imputations,
        "depot": referentiel.depots,
        "unite": referentiel.unites,
        "plan_analytique": referentiel.plans_analytiques,
        "compte_analytique": referentiel.comptes_analytiques,
    }
    refuser_inconnues(entree, connus, LigneDocument)
