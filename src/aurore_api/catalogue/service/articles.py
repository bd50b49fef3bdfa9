"""The verbs of articles (ART-01 to ART-04)."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col

from aurore_api.catalogue import requetes
from aurore_api.catalogue.erreurs import AbreviationUniteDeBase, FamilleHorsDepartement, UniteParDefautInconnue
from aurore_api.catalogue.schemas import ArticleEnregistre, ArticleEntree, ArticleSortie, FiltreArticles
from aurore_api.catalogue.service import annexes
from aurore_api.catalogue.service.collections import TOUTES
from aurore_api.catalogue.tables import Article
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, fusionner, inserer, modifier, supprimer
from aurore_api.socle.pagination import Page, lire_page, ordonner
from aurore_api.socle.tri import plier
from aurore_api.socle.types import Entree
from aurore_api.tables.service import departement_de, taux_dates
from aurore_domain.erreurs import lever
from aurore_domain.tva import TauxInconnu, avec_tva, taux_a_la_date

RESSOURCE = "article"
TRIS = {"numero": col(Article.numero), "designation": col(Article.designation_pliee)}


def enregistre(ligne: Article) -> ArticleEnregistre:
    """The row as events tell it."""
    return ArticleEnregistre.model_validate(ligne)


async def servir(ctx: Contexte, lignes: Iterable[Article]) -> list[ArticleSortie]:
    """Rows as they are served, with their price including VAT at today's rates, in one statement for all."""
    lignes = list(lignes)
    taux = await taux_dates(ctx, {ligne.code_tva_vente for ligne in lignes})
    return [
        ArticleSortie(
            **enregistre(ligne).model_dump(),
            prix_vente_tvac=prix_tvac(ligne, taux[ligne.code_tva_vente], ctx.aujourd_hui),
        )
        for ligne in lignes
    ]


def prix_tvac(ligne: Article, taux_dates: list[tuple[date, Decimal]], jour: date) -> Decimal | None:
    """Selling price including VAT on a day, to the cent or in whole euros (CAL-10); None while there is no rate."""
    try:
        taux = taux_a_la_date(taux_dates, jour)
    except TauxInconnu:
        return None
    return avec_tva(ligne.prix_vente, taux, 2 if ligne.prix_avec_decimales else 0)


async def lister(ctx: Contexte, filtre: FiltreArticles) -> Page[ArticleSortie]:
    """A page of the articles that the filter lets through."""
    ordre = ordonner(filtre.tri, TRIS, col(Article.numero))
    lignes, suivant = await lire_page(ctx, requetes.articles(filtre), filtre, ordre)
    return Page[ArticleSortie](data=await servir(ctx, lignes), curseur_suivant=suivant)


async def lire(ctx: Contexte, numero: str) -> ArticleSortie:
    """One article."""
    return (await servir(ctx, [await charger(ctx, Article, numero, RESSOURCE)]))[0]


async def creer(ctx: Contexte, entree: ArticleEntree) -> ArticleSortie:
    """Make an article; it has no supplementary unit yet, hence no default one either.

    Raises:
        FamilleHorsDepartement: the family belongs to another department (ART-03).
        UniteParDefautInconnue: a default unit was given.
    """
    ligne = Article(**await _champs(ctx, entree, entree.model_fields_set))
    await inserer(ctx, ligne, RESSOURCE, ligne.numero, enregistre(ligne))
    return (await servir(ctx, [ligne]))[0]


async def changer(ctx: Contexte, numero: str, modification: Entree) -> ArticleSortie:
    """Change some fields of an article, never its number (ART-01).

    Raises:
        FamilleHorsDepartement: family and department do not agree any more (ART-03).
        UniteParDefautInconnue: the default unit is none of the article's (ART-13).
        AbreviationUniteDeBase: one of its supplementary units bears the code of the new base unit.
    """
    ligne = await charger(ctx, Article, numero, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    entree = fusionner(ArticleEntree, enregistre(ligne), modification)
    champs = await _champs(ctx, entree, modification.model_fields_set)
    await modifier(ctx, ligne, champs, ressource=RESSOURCE, identifiant=numero, vers=enregistre)
    return (await servir(ctx, [ligne]))[0]


async def effacer(ctx: Contexte, numero: str) -> None:
    """Delete an article with its units, tariffs and labels; one that is used elsewhere stays as it is."""
    ligne = await charger(ctx, Article, numero, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    for collection in TOUTES:
        await annexes.vider(ctx, collection, numero)
    await supprimer(ctx, ligne, RESSOURCE, numero, enregistre(ligne))


async def _champs(ctx: Contexte, entree: ArticleEntree, donnes: Collection[str]) -> dict[str, Any]:
    """The columns of an article, checked and with what is not given filled in; `donnes` are the fields just given."""
    champs = entree.model_dump() | {"designation_pliee": plier(entree.designation)}
    if entree.imputation_vente is None:
        champs["imputation_vente"] = (await parametres.lire(ctx)).imputation_defaut
    if "famille" in donnes or "departement" in donnes:
        champs["departement"] = await _departement(ctx, entree, donnes)
    await _verifier_unites(ctx, entree, donnes)
    return champs


async def _departement(ctx: Contexte, entree: ArticleEntree, donnes: Collection[str]) -> str | None:
    """The article's department: the one given, which must be that of the family, or else the family's (ART-03)."""
    celui_de_la_famille = None if entree.famille is None else await departement_de(ctx, entree.famille)
    if celui_de_la_famille is None:
        return entree.departement
    if "departement" not in donnes or entree.departement is None:
        return celui_de_la_famille
    if entree.departement != celui_de_la_famille:
        raise FamilleHorsDepartement(pointeur="#/famille", departement=celui_de_la_famille)
    return entree.departement


async def _verifier_unites(ctx: Contexte, entree: ArticleEntree, donnes: Collection[str]) -> None:
    """Hold base unit and default unit against the article's supplementary units (ART-13)."""
    erreurs: list[AbreviationUniteDeBase | UniteParDefautInconnue] = []
    if "unite" in donnes and await requetes.a_cette_unite(ctx, entree.numero, entree.unite):
        erreurs.append(AbreviationUniteDeBase(pointeur="#/unite"))
    voulue = entree.unite_par_defaut
    if (
        voulue is not None
        and "unite_par_defaut" in donnes
        and not await requetes.a_cette_unite(ctx, entree.numero, voulue)
    ):
        erreurs.append(UniteParDefautInconnue(pointeur="#/unite_par_defaut"))
    lever(erreurs)
