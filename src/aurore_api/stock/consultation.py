"""The verbs that read the stock (ART-15, MVT-03, MVT-05)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from aurore_api.catalogue.service import fiche_stock
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Page, lire_page, lire_rangs
from aurore_api.stock import ecriture, lecture
from aurore_api.stock.consultes import (
    BougeSortie,
    CodeBarresSortie,
    CriteresMouvements,
    CriteresStock,
    EnCommandeSortie,
    FiltreMouvements,
    FiltreResume,
    FiltreStock,
    NiveauDepot,
    NiveauSortie,
    ResumeSortie,
    SoldeSortie,
    StockArticleSortie,
    ValeurSortie,
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


async def lignes_de_liste(
    ctx: Contexte, criteres: CriteresMouvements, *, par_article: bool, maximum: int
) -> Sequence[Row[Any]]:
    """The rows of a list as a file, at most one more than the maximum: its columns as `lecture` names them."""
    requete = lecture.liste_de_mouvements(criteres, par_article=par_article, maximum=maximum)
    rangs: Sequence[Row[Any]] = (await ctx.session.execute(requete)).all()
    return rangs


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
    tous = lecture.soldes_de_liste(filtre, non_nul=filtre.non_nul).c
    rangs, suivant = await lire_rangs(ctx, select(*tous), filtre, ([tous.article, tous.depot], False))
    lus = [dict(zip(tous.keys(), un, strict=False)) for un in rangs]
    if filtre.date is not None:
        await _rejouer(ctx, lus, filtre.date)
    return Page[SoldeSortie](data=[_solde(un) for un in lus], curseur_suivant=suivant)


async def tous_les_soldes(ctx: Contexte, criteres: CriteresStock) -> list[SoldeSortie]:
    """The same of all that there is, by article and dépôt, for a synthesis of its value (MVT-04)."""
    tous = lecture.soldes_de_liste(criteres, non_nul=True).c
    rangs = await ctx.session.execute(select(*tous).order_by(tous.article, tous.depot))
    lus = [dict(zip(tous.keys(), un, strict=True)) for un in rangs]
    if criteres.date is not None:
        await _rejouer(ctx, lus, criteres.date)
    return [_solde(un) for un in lus]


async def valeur(ctx: Contexte, criteres: CriteresStock) -> ValeurSortie:
    """What the stock is worth in all."""
    soldes = await tous_les_soldes(ctx, criteres)
    return ValeurSortie(
        lignes=len(soldes),
        valeur_pamp=sum((un.valeur_pamp for un in soldes), Decimal(0)),
        valeur_dernier_prix=sum((un.valeur_dernier_prix for un in soldes), Decimal(0)),
    )


async def _rejouer(ctx: Contexte, lus: Sequence[dict[str, Any]], jour: date) -> None:
    """What articles had cost at the end of a day, by replay, instead of what they have cost now (CAL-12, CAL-13)."""
    entrees = await ecriture.entrees(ctx, {un["article"] for un in lus}, jusqu_au=jour)
    valeurs = {article: rejouer(unes) for article, unes in entrees.items()}
    for un in lus:
        cout = valeurs.get(un["article"])
        un |= {"pamp": cout and cout.pamp, "dernier_prix": cout and cout.dernier_prix}


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
    cout = await lecture.valeur(ctx, numero)
    total = somme(niveaux.values())
    pamp, dernier = (cout.pamp, cout.dernier_prix) if cout else (None, None)
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
