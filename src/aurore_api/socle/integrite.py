"""Turns a constraint that the database held into an answer that names the field.

The constraint's name leads to its columns, which are named like the JSON fields; the check is the database's, exact
also when two requests meet.
"""

from typing import TypeVar

from sqlalchemy import Index, Table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import ColumnCollectionConstraint, Constraint
from sqlmodel import SQLModel

from aurore_api.socle.erreurs import ConflitSimultane, DejaPris, EnUtilisation, ReferenceInconnue
from aurore_api.socle.references import nom_de_table
from aurore_api.socle.utilisations import Utilisation
from aurore_domain.erreurs import ErreurAurore, ValeurRefusee

C = TypeVar("C", bound=Constraint | Index)
_UNICITE, _REFERENCE, _EXCLUSION, _CONTROLE = "23505", "23503", "23P01", "23514"


class ValeurContraire(ValeurRefusee):
    """A value that a rule kept by the database refuses; `regle` names it."""

    code = "valeur_contraire"


def qui_refuse(contrainte: C, refus: type[ErreurAurore], pointeur: str) -> C:
    """Say which refusal a constraint stands for, and of which field, where kind and columns of it do not tell."""
    contrainte.info["refus"] = refus, pointeur
    return contrainte


def traduire(erreur: IntegrityError) -> ErreurAurore:
    """The refusal that a broken constraint stands for."""
    cause = getattr(erreur.orig, "__cause__", None)
    etat = getattr(cause, "sqlstate", "")
    contrainte = getattr(cause, "constraint_name", None) or ""
    table = getattr(cause, "table_name", None) or ""
    if etat == _REFERENCE and (erreur.statement or "").startswith("DELETE"):
        return EnUtilisation(par=[str(Utilisation(table))])
    if etat == _REFERENCE:
        visee = _visee(contrainte, table)
        propre = _propre(contrainte, table, table=visee)
        return propre or ReferenceInconnue(pointeur=f"#/{_colonne(contrainte, table)}", table=visee)
    if etat in {_UNICITE, _EXCLUSION}:
        return _propre(contrainte, table) or DejaPris(pointeur=f"#/{_colonne(contrainte, table)}")
    if etat == _CONTROLE:
        return ValeurContraire(regle=contrainte.removeprefix(f"ck_{table}_"))
    return ConflitSimultane()


def _modele(table: str) -> Table:
    return next(une for une in SQLModel.metadata.tables.values() if une.name == table)


def _visee(contrainte: str, table: str) -> str:
    """The table that a foreign key refers to, as people are told it."""
    references = _modele(table).foreign_key_constraints
    return nom_de_table(next(une.referred_table.name for une in references if une.name == contrainte))


def _propre(contrainte: str, table: str, /, **valeurs: str) -> ErreurAurore | None:
    """The refusal that a constraint says it stands for, with the values of the occasion."""
    modele = _modele(table)
    toutes: tuple[Constraint | Index, ...] = (*modele.constraints, *modele.indexes)
    for une in toutes:
        if une.name == contrainte and "refus" in une.info:
            refus, pointeur = une.info["refus"]
            return refus(pointeur=pointeur, **valeurs)  # type: ignore[no-any-return]  # `qui_refuse` put it there
    return None


def _colonne(contrainte: str, table: str) -> str:
    """The last column of a constraint, the most specific; the one its name ends with where it is over expressions."""
    modele = _modele(table)
    for une in (*modele.constraints, *modele.indexes):
        if isinstance(une, (ColumnCollectionConstraint, Index)) and une.name == contrainte and len(une.columns):
            return str(une.columns.values()[-1].name)
    return next(colonne.name for colonne in modele.columns if contrainte.endswith(f"_{colonne.name}"))
