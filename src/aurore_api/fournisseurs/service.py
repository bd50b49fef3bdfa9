"""The verbs of suppliers (FOU-01)."""

from typing import Any

from sqlmodel import col

from aurore_api.fournisseurs import requetes
from aurore_api.fournisseurs.schemas import (
    FiltreFournisseurs,
    FournisseurDeDocument,
    FournisseurEntree,
    FournisseurSortie,
)
from aurore_api.fournisseurs.tables import Fournisseur
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, inserer, modifier, supprimer
from aurore_api.socle.pagination import Page, lire_page, ordonner
from aurore_api.socle.tri import plier
from aurore_api.socle.types import Entree

RESSOURCE = "fournisseur"


def _servi(ligne: Fournisseur) -> FournisseurSortie:
    return FournisseurSortie.model_validate(ligne)


async def _champs(ctx: Contexte, entree: FournisseurEntree) -> dict[str, Any]:
    """The row's fields: what the supplier leaves open is the société's."""
    champs = champs_de(entree) | {"nom_plie": plier(entree.nom)}
    if None in (entree.langue, entree.categorie_tva, entree.devise):
        societe = await parametres.lire(ctx)
        champs["langue"] = entree.langue or societe.langue
        champs["categorie_tva"] = entree.categorie_tva or societe.categorie_tva_defaut
        champs["devise"] = entree.devise or societe.devise
    return champs


async def lister(ctx: Contexte, filtre: FiltreFournisseurs) -> Page[FournisseurSortie]:
    """A page of the suppliers of a filter."""
    numero = col(Fournisseur.numero)
    ordre = ordonner(filtre.tri, {"numero": numero, "nom": col(Fournisseur.nom_plie)}, numero)
    lignes, suivant = await lire_page(ctx, requetes.fournisseurs(filtre), filtre, ordre)
    return Page[FournisseurSortie](data=[_servi(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, numero: str) -> FournisseurSortie:
    """One supplier.

    Raises:
        RessourceAbsente: there is none.
    """
    return _servi(await charger(ctx, Fournisseur, numero, RESSOURCE))


async def creer(ctx: Contexte, entree: FournisseurEntree) -> FournisseurSortie:
    """Store a new supplier."""
    ligne = Fournisseur(**await _champs(ctx, entree))
    await inserer(ctx, ligne, RESSOURCE, ligne.numero, _servi(ligne))
    return _servi(ligne)


async def changer(ctx: Contexte, numero: str, modification: Entree) -> FournisseurSortie:
    """Replace the fields given."""
    ligne = await charger(ctx, Fournisseur, numero, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    complet = fusionner(FournisseurEntree, _servi(ligne), modification)
    await modifier(ctx, ligne, await _champs(ctx, complet), ressource=RESSOURCE, identifiant=numero, vers=_servi)
    return _servi(ligne)


async def pour_document(ctx: Contexte, numero: str, *, retenir: bool = False) -> FournisseurDeDocument | None:
    """What a document copies of its supplier (FOU-02), read in one statement; None when there is no such supplier.

    With `retenir`, for a new document, the supplier stays as it is read until the transaction ends.
    """
    return await requetes.fournisseur_de_document(ctx, numero, retenir=retenir)


async def effacer(ctx: Contexte, numero: str) -> None:
    """Remove a supplier.

    Raises:
        EnUtilisation: articles are bought from it, or documents are made for it.
    """
    ligne = await charger(ctx, Fournisseur, numero, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    await supprimer(ctx, ligne, RESSOURCE, numero, _servi(ligne))
