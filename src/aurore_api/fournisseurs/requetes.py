"""The SQL of suppliers."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from aurore_api.fournisseurs.schemas import FiltreFournisseurs
from aurore_api.fournisseurs.tables import Fournisseur
from aurore_api.socle.tri import plier


def fournisseurs(filtre: FiltreFournisseurs) -> Select[Any]:
    """The suppliers of a filter."""
    requete = select(Fournisseur)
    if filtre.numero is not None:
        requete = requete.where(col(Fournisseur.numero).startswith(filtre.numero, autoescape=True))
    if filtre.nom is not None:
        requete = requete.where(col(Fournisseur.nom_plie).contains(plier(filtre.nom), autoescape=True))
    if filtre.actif is not None:
        requete = requete.where(col(Fournisseur.actif) == filtre.actif)
    return requete
