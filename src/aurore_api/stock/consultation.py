"""The verbs that read the stock (ART-15, MVT-03, MVT-05)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from aurore_api.catalogue.service import fiche_stock
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Page, lire_page, lire_rangs
from aurore_api.stock import ecriture, lecture
from aurore_api.stock.consultes import (
    BougeSortie,
    CodeBarresSortie,
    EnCommandeSortie,
    FiltreMouvements,
    FiltreResume,
    FiltreStock,
    NiveauDepot,
    NiveauSortie,
    ResumeSortie,
    SoldeSortie,
    StockArticleSortie,
)
from aurore_api.stock.schemas import MouvementSortie
from aurore_api.stock.tables import Mouvement
from aurore_domain.stock import Niveau
from aurore_domain.valorisation import rejouer, valeur_du_stock


async def lister(ctx: Contexte, filtre: FiltreMouvements) -> Page[MouvementSortie]:
    """A page of the ledger, by date."""
    ordre: tuple[list[Colonne], bool] = ([col(Mouvement.date), col(Mouvement.id)], False)
    lignes, suivant = await lire_page(ctx, lecture.mouvements(filtre), filtre, ordre)
    return Page[MouvementSortie](data=[MouvementSortie.model_validate(une) for une in lignes], curseur_suivant=suivant)


async def resumer(ctx: Contexte, filtre: FiltreResume) -> Page[ResumeSortie]:
    """A page of the ledger's sums, by key and article."""
    sommes = lecture.resume(filtre).c
    rangs, suivant = await lire_rangs(ctx, select(*sommes), filtre, ([sommes.cle, sommes.lu], False))
    data = [_resume(dict(zip(sommes.keys(), un, strict=False))) for un in rangs]
    return Page[ResumeSortie](data=data, curseur_suivant=suivant)


def _resume(rang: Mapping[str, Any]) -> ResumeSortie:
    bouge = {genre: rang[genre] for genre in ("definitif", "client", "fournisseur")}
    return ResumeSortie(
        cle=rang["cle"],
        article=rang["lu"],
        mouvements=BougeSortie(**bouge, total=sum(bouge.values(), Decimal(0))),
        en_commande=EnCommandeSortie(client=rang["commande_client"], fournisseur=rang["commande_fournisseur"]),
    )


async def soldes(ctx: Contexte, filtre: FiltreStock) -> Page[SoldeSortie]:
    """A page of balances by article and dépôt, now or at the end of a day, with their value then (MVT-05)."""
    tous = lecture.soldes_de_liste(filtre).c
    rangs, suivant = await lire_rangs(ctx, select(*tous), filtre, ([tous.article, tous.depot], False))
    lus = [dict(zip(tous.keys(), un, strict=False)) for un in rangs]
    if filtre.date is not None:
        await _rejouer(ctx, lus, filtre)
    return Page[SoldeSortie](data=[_solde(un) for un in lus], curseur_suivant=suivant)


async def _rejouer(ctx: Contexte, lus: Iterable[dict[str, Any]], filtre: FiltreStock) -> None:
    """What articles had cost at the end of a day, by replay, instead of what they have cost now (CAL-12, CAL-13)."""
    entrees = await ecriture.entrees(ctx, {un["article"] for un in lus}, jusqu_au=filtre.date)
    valeurs = {article: rejouer(unes) for article, unes in entrees.items()}
    for un in lus:
        valeur = valeurs.get(un["article"])
        un |= {"pamp": valeur and valeur.pamp, "dernier_prix": valeur and valeur.dernier_prix}


def _solde(lu: Mapping[str, Any]) -> SoldeSortie:
    client = lu["commande_client"]
    return SoldeSortie(
        **lu,
        disponible=None if client is None else lu["physique"] - client,
        valeur_pamp=valeur_du_stock(lu["physique"], lu["pamp"]),
        valeur_dernier_prix=valeur_du_stock(lu["physique"], lu["dernier_prix"]),
    )


async def de_l_article(ctx: Contexte, numero: str) -> StockArticleSortie:
    """The stock of an article; raises `RessourceAbsente`."""
    fiche = await fiche_stock(ctx, numero)
    soldes = await lecture.soldes(ctx, numero)
    niveaux = {un.depot: Niveau(un.physique, un.commande_client, un.commande_fournisseur) for un in soldes}
    valeur = await lecture.valeur(ctx, numero)
    total = somme(niveaux.values())
    pamp, dernier = (valeur.pamp, valeur.dernier_prix) if valeur else (None, None)
    return StockArticleSortie(
        article=numero,
        unite=fiche.unite,
        stock_minimum=fiche.stock_minimum,
        emplacement_principal=fiche.emplacement_principal,
        codes_barres=[CodeBarresSortie(code=code, unite=unite) for code, unite in fiche.codes_barres],
        **servi(total).model_dump(),
        depots=[NiveauDepot(depot=depot, **servi(un).model_dump()) for depot, un in niveaux.items()],
        pamp=pamp,
        dernier_prix=dernier,
        valeur_pamp=valeur_du_stock(total.physique, pamp),
        valeur_dernier_prix=valeur_du_stock(total.physique, dernier),
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


def servi(niveau: Niveau) -> NiveauSortie:
    """As it is answered."""
    return NiveauSortie(
        physique=niveau.physique,
        commande_client=niveau.commande_client,
        commande_fournisseur=niveau.commande_fournisseur,
        disponible=niveau.disponible,
    )
