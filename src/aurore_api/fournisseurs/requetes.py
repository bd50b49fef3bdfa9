"""The SQL of suppliers."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlmodel import col

from aurore_api.fournisseurs.schemas import FiltreFournisseurs, FournisseurDeDocument
from aurore_api.fournisseurs.tables import Fournisseur
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.tri import plier

_POUR_DOCUMENT = select(*(nue(Fournisseur)[champ.name] for champ in fields(FournisseurDeDocument))).where(
    nue(Fournisseur).numero == bindparam("numero")
)
_RETENU = _POUR_DOCUMENT.with_for_update(read=True, key_share=True, of=nue(Fournisseur).numero)


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


async def fournisseur_de_document(ctx: Contexte, numero: str, *, retenir: bool) -> FournisseurDeDocument | None:
    """What a document takes of a supplier, in one statement; with `retenir` it cannot change meanwhile."""
    requete = _RETENU if retenir else _POUR_DOCUMENT
    trouve = (await ctx.session.execute(requete, {"numero": numero})).one_or_none()
    return None if trouve is None else FournisseurDeDocument(*trouve)
