"""The verbs that read the stock (ART-15, MVT-03)."""

from collections.abc import Iterable

from sqlmodel import col

from aurore_api.catalogue.service import exiger_article
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.stock import lecture
from aurore_api.stock.schemas import FiltreMouvements, MouvementSortie, NiveauDepot, NiveauSortie, StockArticleSortie
from aurore_api.stock.tables import Mouvement
from aurore_domain.stock import Niveau


async def lister(ctx: Contexte, filtre: FiltreMouvements) -> Page[MouvementSortie]:
    """A page of the ledger, by date."""
    ordre: tuple[list[Colonne], bool] = ([col(Mouvement.date), col(Mouvement.id)], False)
    lignes, suivant = await lire_page(ctx, lecture.mouvements(filtre), filtre, ordre)
    return Page[MouvementSortie](data=[MouvementSortie.model_validate(une) for une in lignes], curseur_suivant=suivant)


async def de_l_article(ctx: Contexte, numero: str) -> StockArticleSortie:
    """The stock of an article; raises `RessourceAbsente`."""
    await exiger_article(ctx, numero)
    soldes = await lecture.soldes(ctx, numero)
    niveaux = {un.depot: Niveau(un.physique, un.commande_client, un.commande_fournisseur) for un in soldes}
    valeur = await lecture.valeur(ctx, numero)
    return StockArticleSortie(
        article=numero,
        **_servi(somme(niveaux.values())).model_dump(),
        depots=[NiveauDepot(depot=depot, **_servi(un).model_dump()) for depot, un in niveaux.items()],
        pamp=valeur and valeur.pamp,
        dernier_prix=valeur and valeur.dernier_prix,
    )


def somme(niveaux: Iterable[Niveau]) -> Niveau:
    """All dépôts together."""
    total = Niveau()
    for un in niveaux:
        total = Niveau(
            total.physique + un.physique,
            total.commande_client + un.commande_client,
            total.commande_fournisseur + un.commande_fournisseur,
        )
    return total


def _servi(niveau: Niveau) -> NiveauSortie:
    return NiveauSortie(
        physique=niveau.physique,
        commande_client=niveau.commande_client,
        commande_fournisseur=niveau.commande_fournisseur,
        disponible=niveau.disponible,
    )
