"""What people do to the stock by hand (MVT-06): movements with a reason, never an overwrite."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from uuid_utils.compat import uuid7

from aurore_api.catalogue.service import pour_documents
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.stock import ecriture, service
from aurore_api.stock.erreurs import ArticleEnDouble, QuantiteNulle, StockNonGere
from aurore_api.stock.schemas import CorrectionEntree, MouvementSortie, OperationSortie
from aurore_api.stock.tables import Mouvement
from aurore_api.tables import service as tables
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.stock import Compte, StockNegatifInterdit


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
    try:
        await service.enregistrer(ctx, mouvements, negatif_interdit=reglages.stock_negatif_interdit)
    except StockNegatifInterdit as erreur:
        rang = lieux.index((str(erreur.valeurs["article"]), str(erreur.valeurs["depot"])))
        erreur.pointeur = f"#/lignes/{rang}/quantite"
        raise
    return await conclure(ctx, "correction", jour, entree.motif, mouvements)


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


def _mouvement(ctx: Contexte, article: str, depot: str, quantite: Decimal, jour: date, motif: str) -> Mouvement:
    return Mouvement(
        instant=ctx.maintenant,
        date=jour,
        article=article,
        depot=depot,
        compte=Compte.PHYSIQUE,
        genre="definitif",
        quantite=quantite,
        ligne=uuid7(),
        motif=motif,
    )


async def conclure(
    ctx: Contexte, ressource: str, jour: date, motif: str, mouvements: Sequence[Mouvement]
) -> OperationSortie:
    """What was done, as the ledger has it, and its event."""
    faits = await ecriture.relire(ctx, mouvements)
    sortie = OperationSortie(date=jour, motif=motif, mouvements=[MouvementSortie.model_validate(un) for un in faits])
    await consigner(ctx, ressource, str(mouvements[0].ligne), "creation", None, ecrit(sortie))
    return sortie
