"""The verbs of articles (ART-01 to ART-17); `retrait` has how they go."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from sqlmodel import col

from aurore_api.catalogue import requetes
from aurore_api.catalogue.recherche import chercher
from aurore_api.catalogue.schemas import ArticleEnregistre, ArticleEntree, ArticleSortie, FiltreArticles
from aurore_api.catalogue.service.champs import champs_de_l_article
from aurore_api.catalogue.service.codes_exclusifs import codes_exclusifs
from aurore_api.catalogue.service.composants import exiger_sans_composants
from aurore_api.catalogue.service.remplacements import SUJET as REMPLACEMENTS
from aurore_api.catalogue.service.retrait import verifier_type
from aurore_api.catalogue.service.tvac import tvac_de
from aurore_api.catalogue.tables import Article
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, fusionner, inserer, modifier
from aurore_api.socle.pagination import Page, lire_page, ordonner
from aurore_api.socle.types import Entree
from aurore_api.socle.verrous import seul
from aurore_api.tables.service import taux_dates
from aurore_domain.tva import TauxInconnu

RESSOURCE = "article"
TRIS = {"numero": col(Article.numero), "designation": col(Article.designation_pliee)}


def enregistre(ligne: Article) -> ArticleEnregistre:
    """The row as events tell it."""
    return ArticleEnregistre.model_validate(ligne)


async def servir(ctx: Contexte, lignes: Iterable[Article]) -> list[ArticleSortie]:
    """Rows as they are served, with their price including VAT at today's rates, in two statements for all."""
    lignes = list(lignes)
    taux = await taux_dates(ctx, {ligne.code_tva_vente for ligne in lignes})
    decimales = (await parametres.lire(ctx)).decimales_visibles
    return [
        ArticleSortie(
            **enregistre(ligne).model_dump(),
            prix_vente_tvac=prix_tvac(ligne, taux[ligne.code_tva_vente], ctx.aujourd_hui, decimales),
        )
        for ligne in lignes
    ]


def prix_tvac(
    ligne: Article, taux_dates: list[tuple[date, Decimal]], jour: date, decimales_visibles: int
) -> Decimal | None:
    """Selling price including VAT on a day, rounded as CAL-10 says; None while there is no rate."""
    try:
        return tvac_de(ligne, taux_dates, jour, decimales_visibles).de(ligne.prix_vente)
    except TauxInconnu:
        return None


async def lister(ctx: Contexte, filtre: FiltreArticles) -> Page[ArticleSortie]:
    """A page of the articles that the filter lets through."""
    requete, ordre = requetes.articles(filtre), ordonner(filtre.tri, TRIS, col(Article.numero))
    if filtre.recherche is not None:
        requete, meilleurs_d_abord = await chercher(ctx, requete, filtre.recherche)
        ordre = ordre if filtre.tri else meilleurs_d_abord
    lignes, suivant = await lire_page(ctx, requete, filtre, ordre)
    return Page[ArticleSortie](data=await servir(ctx, lignes), curseur_suivant=suivant)


async def lire(ctx: Contexte, numero: str) -> ArticleSortie:
    """One article."""
    return (await servir(ctx, [await charger(ctx, Article, numero, RESSOURCE)]))[0]


async def exiger_article(ctx: Contexte, numero: str) -> None:
    """Raise `RessourceAbsente` where there is no such article."""
    await charger(ctx, Article, numero, RESSOURCE)


async def creer(ctx: Contexte, entree: ArticleEntree) -> ArticleSortie:
    """Make an article; it has no supplementary unit yet, hence no default one either.

    Raises:
        FamilleHorsDepartement: the family belongs to another department (ART-03).
        UniteParDefautInconnue: a default unit was given.
        ImputationDAutreGenre: sales posted as purchases, or the reverse.
        ArticleLuiMeme: it names itself as successor or substitute.
        CodeBarresPris: a bar code is another's.
    """
    if entree.remplace_par is not None:
        await seul(ctx, REMPLACEMENTS)
    ligne = Article(**await champs_de_l_article(ctx, entree, entree.model_fields_set, nouveau=True))
    async with codes_exclusifs(ctx, _codes(entree), ligne.numero):
        await inserer(ctx, ligne, RESSOURCE, ligne.numero, enregistre(ligne))
    return (await servir(ctx, [ligne]))[0]


async def changer(ctx: Contexte, numero: str, modification: Entree) -> ArticleSortie:
    """Change some fields of an article, never its number (ART-01); one that is sold again has no statistical article.

    Raises:
        FamilleHorsDepartement: family and department do not agree any more (ART-03).
        UniteParDefautInconnue: the default unit is none of the article's (ART-13).
        AbreviationUniteDeBase: one of its supplementary units bears the code of the new base unit.
        ImputationDAutreGenre: sales posted as purchases, or the reverse.
        ArticleLuiMeme, CycleDeRemplacement: its successors lead back to it (ART-05).
        ComposantsPresents: it is to be assembled no more, and has components (ART-11).
        TypeArticleFige: its type changes although it is used (ART-08).
        CodeBarresPris: a bar code is another's.
    """
    donnes = modification.model_fields_set
    if "remplace_par" in donnes:
        await seul(ctx, REMPLACEMENTS)
    ligne = await charger(ctx, Article, numero, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    entree = fusionner(ArticleEntree, enregistre(ligne), modification)
    await verifier_type(ctx, ligne, entree.type_article)
    if ligne.assemble and not entree.assemble:
        await exiger_sans_composants(ctx, numero)
    champs = await champs_de_l_article(ctx, entree, donnes, nouveau=False)
    if entree.actif:
        champs["article_statistique"] = None
    nouveaux = _codes(entree, sauf=ligne.codes_barres)
    async with codes_exclusifs(ctx, nouveaux, numero):
        await modifier(ctx, ligne, champs, ressource=RESSOURCE, identifiant=numero, vers=enregistre)
    return (await servir(ctx, [ligne]))[0]


def _codes(entree: ArticleEntree, *, sauf: Collection[str] = ()) -> dict[str, str]:
    """The bar codes that the article does not bear yet, each with the field it stands in."""
    return {code: f"#/codes_barres/{rang}" for rang, code in enumerate(entree.codes_barres) if code not in sauf}
