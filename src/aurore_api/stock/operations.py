"""What people do to the stock by hand (MVT-06): movements with a reason, never an overwrite."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from aurore_api.catalogue.service import pour_documents
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.stock import ecriture, service
from aurore_api.stock.ecriture import MouvementNeuf
from aurore_api.stock.erreurs import ArticleEnDouble, DepotsIdentiques, QuantiteNulle, StockNonGere
from aurore_api.stock.schemas import (
    CorrectionEntree,
    InventaireEntree,
    InventaireSortie,
    LigneInventaireSortie,
    MouvementSortie,
    OperationSortie,
    TransfertStockEntree,
)
from aurore_api.tables import service as tables
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.stock import Compte, StockNegatifInterdit

Faite = TypeVar("Faite", bound=OperationSortie)


async def corriger(ctx: Contexte, entree: CorrectionEntree) -> OperationSortie:
    """Correct the stock of articles; corrections enter at the present average price, which they leave (CAL-12).

    Raises:
        ReferenceInconnue, StockNonGere, QuantiteNulle, ArticleEnDouble: one of the lines; they are told together.
        StockNegatifInterdit: less than nothing would be left, where that is forbidden (MVT-07).
    """
    reglages = await parametres.lire(ctx)
    lieux = [(une.article, une.depot or reglages.depot_defaut) for une in entree.lignes]
    erreurs = await _refus(ctx, lieux)
    erreurs += [
        QuantiteNulle(pointeur=f"#/lignes/{rang}/quantite")
        for rang, une in enumerate(entree.lignes)
        if not une.quantite
    ]
    lever(erreurs)
    jour = entree.date or ctx.aujourd_hui
    mouvements = [
        _mouvement(ctx, *lieu, une.quantite, jour, entree.motif) for lieu, une in zip(lieux, entree.lignes, strict=True)
    ]
    await _enregistrer(ctx, reglages, mouvements, lieux)
    return await _conclure(ctx, "correction", OperationSortie(date=jour, motif=entree.motif, mouvements=[]), mouvements)


async def inventorier(ctx: Contexte, entree: InventaireEntree) -> InventaireSortie:
    """Bring the stock of a dépôt to what was counted, as corrections of the differences.

    The articles are locked before their stock is read: what leaves meanwhile leaves before the count or after it.

    Raises:
        ReferenceInconnue, StockNonGere, ArticleEnDouble: one of the lines; they are told together.
        StockNegatifInterdit: later exits then take more than there was, where that is forbidden (MVT-07).
    """
    reglages = await parametres.lire(ctx)
    depot = entree.depot or reglages.depot_defaut
    lieux = [(une.article, depot) for une in entree.lignes]
    lever(await _refus_depots(ctx, depot=depot))
    lever(await _refus(ctx, lieux))
    jour = entree.date or ctx.aujourd_hui
    avant = await ecriture.compter(ctx, lieux, jour)
    lignes = [
        LigneInventaireSortie(
            article=une.article, avant=avant[lieu], quantite=une.quantite, difference=une.quantite - avant[lieu]
        )
        for lieu, une in zip(lieux, entree.lignes, strict=True)
    ]
    mouvements = [
        _mouvement(ctx, une.article, depot, une.difference, jour, entree.motif) for une in lignes if une.difference
    ]
    await _enregistrer(ctx, reglages, mouvements, lieux)
    sortie = InventaireSortie(date=jour, motif=entree.motif, depot=depot, lignes=lignes, mouvements=[])
    return await _conclure(ctx, "inventaire", sortie, mouvements)


async def transferer(ctx: Contexte, entree: TransfertStockEntree) -> OperationSortie:
    """Move goods from one dépôt to another: the société's stock and what it has cost stay the same (CAL-12).

    Raises:
        ReferenceInconnue, DepotsIdentiques: the dépôts.
        ReferenceInconnue, StockNonGere, ArticleEnDouble: one of the lines; they are told together.
        StockNegatifInterdit: it is not there, where that is forbidden (MVT-07).
    """
    reglages = await parametres.lire(ctx)
    lever(await _refus_depots(ctx, de=entree.de, vers=entree.vers))
    if entree.de == entree.vers:
        raise DepotsIdentiques(pointeur="#/vers", depot=entree.vers)
    lieux = [(une.article, entree.de) for une in entree.lignes]
    lever(await _refus(ctx, lieux))
    jour = entree.date or ctx.aujourd_hui
    mouvements: list[MouvementNeuf] = []
    for une in entree.lignes:
        ligne = uuid7()  # one for both: so the two are set off where all dépôts count together
        for depot, quantite in ((entree.de, -une.quantite), (entree.vers, une.quantite)):
            mouvements.append(_mouvement(ctx, une.article, depot, quantite, jour, entree.motif, ligne))
    await _enregistrer(ctx, reglages, mouvements, lieux)
    return await _conclure(
        ctx, "transfert_stock", OperationSortie(date=jour, motif=entree.motif, mouvements=[]), mouvements
    )


async def _enregistrer(
    ctx: Contexte, reglages: ParametresSortie, mouvements: Sequence[MouvementNeuf], lieux: Sequence[tuple[str, str]]
) -> None:
    """Write movements of lines that stand in the order of `lieux`."""
    try:
        await service.enregistrer(ctx, mouvements, negatif_interdit=reglages.stock_negatif_interdit)
    except StockNegatifInterdit as erreur:
        rang = lieux.index((str(erreur.valeurs["article"]), str(erreur.valeurs["depot"])))
        erreur.pointeur = f"#/lignes/{rang}/quantite"
        raise


async def _refus_depots(ctx: Contexte, **champs: str) -> list[ErreurAurore]:
    depots = (await tables.referentiel(ctx)).depots
    return [
        ReferenceInconnue(pointeur=f"#/{champ}", table="depots") for champ, un in champs.items() if un not in depots
    ]


async def _refus(ctx: Contexte, lieux: Sequence[tuple[str, str]]) -> list[ErreurAurore]:
    """What is wrong with the articles and dépôts of lines, in their order."""
    articles = await pour_documents(ctx, {article for article, _ in lieux}, tarif=None, code_libelle=None)
    depots = (await tables.referentiel(ctx)).depots
    erreurs: list[ErreurAurore] = []
    vus: set[tuple[str, str]] = set()
    for rang, (article, depot) in enumerate(lieux):
        champ = f"#/lignes/{rang}"
        if article not in articles:
            erreurs.append(ReferenceInconnue(pointeur=f"{champ}/article", table="articles"))
        elif articles[article].ingredients is not None:
            erreurs.append(StockNonGere(pointeur=f"{champ}/article", article=article))
        if depot not in depots:
            erreurs.append(ReferenceInconnue(pointeur=f"{champ}/depot", table="depots"))
        if (article, depot) in vus:
            erreurs.append(ArticleEnDouble(pointeur=f"{champ}/article", article=article))
        vus.add((article, depot))
    return erreurs


def _mouvement(
    ctx: Contexte, article: str, depot: str, quantite: Decimal, jour: date, motif: str, ligne: UUID | None = None
) -> MouvementNeuf:
    return MouvementNeuf(
        instant=ctx.maintenant,
        date=jour,
        article=article,
        depot=depot,
        compte=Compte.PHYSIQUE,
        genre="definitif",
        quantite=quantite,
        ligne=ligne or uuid7(),
        motif=motif,
    )


async def _conclure(ctx: Contexte, ressource: str, sortie: Faite, mouvements: Sequence[MouvementNeuf]) -> Faite:
    """What was done, with its movements as the ledger has them, and its event."""
    sortie.mouvements = [MouvementSortie.model_validate(un) for un in await ecriture.relire(ctx, mouvements)]
    identifiant = mouvements[0].ligne if mouvements else uuid7()
    await consigner(ctx, ressource, str(identifiant), "creation", None, ecrit(sortie))
    return sortie
