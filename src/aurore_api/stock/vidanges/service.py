"""The verbs of crates (CLI-12). Balances are summed from the ledger, so they follow goods by construction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from uuid_utils.compat import uuid7

from aurore_api.catalogue.service import pour_documents, vidanges
from aurore_api.clients import service as clients
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue, RessourceAbsente
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.stock.erreurs import ArticleEnDouble, ArticleNonVidange, QuantiteNulle
from aurore_api.stock.vidanges import requetes
from aurore_api.stock.vidanges.schemas import (
    CorrectionVidangesEntree,
    CorrectionVidangesSortie,
    FiltreMouvementsVidanges,
    FiltreVidanges,
    MouvementVidangeSortie,
    SoldeVidangeSortie,
    VidangesClientSortie,
)
from aurore_api.stock.vidanges.tables import CorrectionVidange
from aurore_domain.erreurs import ErreurAurore, lever


@dataclass(frozen=True, slots=True)
class Solde:
    """What a client has of a kind of crate."""

    article: str
    quantite: Decimal


async def soldes(ctx: Contexte, client: str, articles: Mapping[str, str], au: date | None) -> list[Solde]:
    """A client's balances at the end of a day, by crate, those of 0 left out: what documents print."""
    requete = requetes.soldes(requetes.nets(list(articles), client=client, au=au), soldees=False)
    return [Solde(un.article, un.solde) for un in await ctx.session.execute(requete)]


async def du_client(ctx: Contexte, numero: str, jour: date | None) -> VidangesClientSortie:
    """Every crate that a client ever had; raises `RessourceAbsente`."""
    await _exiger_client(ctx, numero)
    return VidangesClientSortie(client=numero, date=jour, soldes=await _servis(ctx, numero, jour))


async def lister(ctx: Contexte, filtre: FiltreVidanges) -> Page[SoldeVidangeSortie]:
    """A page of the balances of all clients, by client and crate."""
    noms = await vidanges(ctx)
    articles = [un for un in noms if filtre.article in {None, un}]
    lignes = requetes.nets(articles, client=filtre.client, au=filtre.date)
    groupes = requetes.soldes(lignes, soldees=filtre.soldees).subquery("soldes")
    ordre: tuple[list[Colonne], bool] = ([groupes.c.client, groupes.c.article], False)
    rangs, suivant = await lire_page(ctx, requetes.en_lot(groupes), filtre, ordre)
    return Page[SoldeVidangeSortie](data=[_solde(un, noms) for un in rangs], curseur_suivant=suivant)


async def mouvements(ctx: Contexte, numero: str, filtre: FiltreMouvementsVidanges) -> Page[MouvementVidangeSortie]:
    """A page of what made a client's balances, by date; raises `RessourceAbsente`."""
    await _exiger_client(ctx, numero)
    articles = [un for un in await vidanges(ctx) if filtre.article in {None, un}]
    lignes = requetes.nets(articles, client=numero, du=filtre.du, au=filtre.au)
    ordre: tuple[list[Colonne], bool] = ([lignes.c.date, lignes.c.ligne, lignes.c.article], False)
    rangs, suivant = await lire_page(ctx, requetes.en_lot(lignes), filtre, ordre)
    data = [MouvementVidangeSortie.model_validate(un) for un in rangs]
    return Page[MouvementVidangeSortie](data=data, curseur_suivant=suivant)


async def corriger(ctx: Contexte, numero: str, entree: CorrectionVidangesEntree) -> CorrectionVidangesSortie:
    """Correct a client's balances: what it starts with, what a count found. No stock moves.

    Raises:
        RessourceAbsente, ClientAnonymise: no such client, or one that is forgotten.
        ReferenceInconnue, ArticleNonVidange, QuantiteNulle, ArticleEnDouble: one of the lines; they are told together.
    """
    await clients.verrouiller(ctx, numero)
    lever(await _refus(ctx, entree))
    jour = entree.date or ctx.aujourd_hui
    lignes = [
        CorrectionVidange(
            id=uuid7(),
            instant=ctx.maintenant,
            date=jour,
            client=numero,
            article=une.article,
            quantite=une.quantite,
            motif=entree.motif,
        )
        for une in entree.lignes
    ]
    await inserer_en_bloc(ctx, lignes)
    sortie = CorrectionVidangesSortie(
        client=numero,
        date=jour,
        motif=entree.motif,
        mouvements=[_mouvement(une) for une in lignes],
        soldes=await _servis(ctx, numero, None),
    )
    await consigner(ctx, "correction_vidanges", str(lignes[0].id), "creation", None, ecrit(sortie))
    return sortie


async def _refus(ctx: Contexte, entree: CorrectionVidangesEntree) -> list[ErreurAurore]:
    """What is wrong with the lines, in their order."""
    articles = await pour_documents(ctx, {une.article for une in entree.lignes}, tarif=None, code_libelle=None)
    erreurs: list[ErreurAurore] = []
    vus: set[str] = set()
    for rang, une in enumerate(entree.lignes):
        champ = f"#/lignes/{rang}"
        if une.article not in articles:
            erreurs.append(ReferenceInconnue(pointeur=f"{champ}/article", table="articles"))
        elif not articles[une.article].vidange:
            erreurs.append(ArticleNonVidange(pointeur=f"{champ}/article", article=une.article))
        elif une.article in vus:
            erreurs.append(ArticleEnDouble(pointeur=f"{champ}/article", article=une.article))
        if not une.quantite:
            erreurs.append(QuantiteNulle(pointeur=f"{champ}/quantite"))
        vus.add(une.article)
    return erreurs


async def _servis(ctx: Contexte, client: str, jour: date | None) -> list[SoldeVidangeSortie]:
    noms = await vidanges(ctx)
    requete = requetes.soldes(requetes.nets(list(noms), client=client, au=jour), soldees=True)
    rangs: Sequence[Any] = (await ctx.session.execute(requete)).all()
    return sorted((_solde(un, noms) for un in rangs), key=lambda un: un.article)


def _solde(rang: Any, noms: Mapping[str, str]) -> SoldeVidangeSortie:
    return SoldeVidangeSortie(
        client=rang.client,
        article=rang.article,
        designation=noms[rang.article],
        livrees=rang.livrees,
        reprises=rang.reprises,
        corrections=rang.corrections,
        solde=rang.solde,
    )


def _mouvement(une: CorrectionVidange) -> MouvementVidangeSortie:
    return MouvementVidangeSortie(
        date=une.date,
        instant=une.instant,
        article=une.article,
        quantite=une.quantite,
        ligne=une.id,
        document=None,
        motif=une.motif,
    )


async def _exiger_client(ctx: Contexte, numero: str) -> None:
    if await clients.pour_document(ctx, numero) is None:
        raise RessourceAbsente(ressource="client", cle=numero)
