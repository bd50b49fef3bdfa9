"""Turns a constraint that the database held into an answer that names the field.

The constraint's name leads to its columns, which are named like the JSON fields; the check is the database's, exact
also when two requests meet.
"""

from sqlalchemy import Index
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import ColumnCollectionConstraint
from sqlmodel import SQLModel

from aurore_api.socle.erreurs import ConflitSimultane, DejaPris, EnUtilisation, ReferenceInconnue
from aurore_domain.erreurs import ErreurAurore, ValeurRefusee

_UNICITE, _REFERENCE, _EXCLUSION, _CONTROLE = "23505", "23503", "23P01", "23514"


class ValeurContraire(ValeurRefusee):
    """A value that a rule kept by the database refuses; `regle` names it."""

    code = "valeur_contraire"


def traduire(erreur: IntegrityError) -> ErreurAurore:
    """The refusal that a broken constraint stands for."""
    cause = getattr(erreur.orig, "__cause__", None)
    etat = getattr(cause, "sqlstate", "")
    contrainte = getattr(cause, "constraint_name", None) or ""
    table = getattr(cause, "table_name", None) or ""
    if etat == _REFERENCE and (erreur.statement or "").startswith("DELETE"):
        return EnUtilisation(par=[table])
    if etat == _REFERENCE:
        return ReferenceInconnue(pointeur=f"#/{_colonne(contrainte, table)}")
    if etat in {_UNICITE, _EXCLUSION}:
        return DejaPris(pointeur=f"#/{_colonne(contrainte, table)}")
    if etat == _CONTROLE:
        return ValeurContraire(regle=contrainte.removeprefix(f"ck_{table}_"))
    return ConflitSimultane()


def _colonne(contrainte: str, table: str) -> str:
    """The last column of a constraint, the most specific; the one its name ends with where it is over expressions."""
    modele = next(une for une in SQLModel.metadata.tables.values() if une.name == table)
    for une in (*modele.constraints, *modele.indexes):
        if isinstance(une, (ColumnCollectionConstraint, Index)) and une.name == contrainte and len(une.columns):
            return str(une.columns.values()[-1].name)
    return next(colonne.name for colonne in modele.columns if contrainte.endswith(f"_{colonne.name}"))
