"""What assembled articles are made of (ART-11): what a component must be, and what it all comes to (CAL-10)."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col

from aurore_api.catalogue import requetes_composants as requetes
from aurore_api.catalogue.erreurs import (
    ArticleNonAssemble,
    ComposantsPresents,
    CycleDeComposants,
    QuantiteConvertieNulle,
    UniteComposantInconnue,
)
from aurore_api.catalogue.schemas import ComposantEntree, ComposantSortie, FeuilleSortie, NomenclatureSortie
from aurore_api.catalogue.tables import Article, Composant, UniteSupplementaire
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.tables.service import decimales_des_unites
from aurore_domain.assemblages import Part, PrixAssembles, feuilles, prix_des_composants, quantite_totale
from aurore_domain.graphes import anneau
from aurore_domain.stock import Ingredient
from aurore_domain.unites import Conversion, vers_base

SUJET = "composants"
"""What adds a component holds this alone: two that are no ring each may be one together."""


def exiger_assemble(article: Article, _entree: ComposantEntree) -> None:
    """Refuse components of an article that is not flagged `assemble`."""
    if not article.assemble:
        raise ArticleNonAssemble(pointeur="#/composant")


@asynccontextmanager
async def composant_permis(ctx: Contexte, article: str, entree: ComposantEntree) -> AsyncIterator[None]:
    """Check a component before it is written.

    Raises:
        ReferenceInconnue: there is no such article.
        CycleDeComposants: it is made, at any depth, of the article it would go into.
        UniteComposantInconnue: it has no such unit.
        QuantiteConvertieNulle: in its base unit there is nothing left of the quantity.
    """
    composant = await ctx.session.get(Article, entree.composant)
    if composant is None:
        raise ReferenceInconnue(pointeur="#/composant", table="articles")
    aretes = await requetes.aretes_des_composants(ctx, entree.composant)
    aretes.setdefault(article, set()).add(entree.composant)
    if tour := anneau(aretes, article):
        raise CycleDeComposants(pointeur="#/composant", anneau=list(tour))
    await _verifier_unite(ctx, composant, entree)
    yield


async def _verifier_unite(ctx: Contexte, composant: Article, entree: ComposantEntree) -> None:
    if entree.unite is None:
        return
    unite = await ctx.session.get(UniteSupplementaire, (composant.numero, entree.unite))
    if unite is None:
        permis = await requetes.abreviations(ctx, composant.numero)
        raise UniteComposantInconnue(pointeur="#/unite", permis=permis)
    decimales = await decimales_des_unites(ctx, {composant.unite})
    if not vers_base(entree.quantite, _conversion(unite, decimales[composant.unite])):
        raise QuantiteConvertieNulle(pointeur="#/quantite")


def _conversion(unite: UniteSupplementaire, decimales_base: int) -> Conversion:
    return Conversion(
        facteur=unite.facteur,
        operateur=unite.operateur,  # type: ignore[arg-type]  # the column holds M or D
        decimales=unite.decimales,
        decimales_base=decimales_base,
    )


async def exiger_sans_composants(ctx: Contexte, article: str) -> None:
    """Refuse that a locked article stops being assembled while it has components.

    Raises:
        ComposantsPresents: it has.
    """
    if await requetes.a_des_composants(ctx, article):
        raise ComposantsPresents(pointeur="#/assemble")


@dataclass(frozen=True, slots=True)
class Assemblage:
    """What one base unit of an article takes of each article without components, exactly, and those articles."""

    quantites: dict[str, Decimal]
    articles: dict[str, Article]

    def prix(self) -> PrixAssembles:
        """The sums over its components (CAL-10); raises `NomenclatureHorsBornes`."""
        return prix_des_composants(self.quantites, self.articles)


async def assemblage(ctx: Contexte, article: str) -> Assemblage:
    """Load an article's components to any depth, in two statements however deep; empty where it has none."""
    parts, articles = await _parts(ctx, [article])
    return Assemblage(feuilles(parts, article), articles)


async def _parts(ctx: Contexte, numeros: Collection[str]) -> tuple[dict[str, list[Part]], dict[str, Article]]:
    """The components of assembled articles and of all that they are made of, in base units, and those articles."""
    rangs = await requetes.nomenclatures(ctx, numeros)
    decimales = await decimales_des_unites(ctx, {composant.unite for _, composant, _ in rangs}) if rangs else {}
    parts: dict[str, list[Part]] = {}
    for ligne, composant, unite in rangs:
        quantite = ligne.quantite
        if unite is not None:
            quantite = vers_base(quantite, _conversion(unite, decimales[composant.unite]))
        parts.setdefault(ligne.article, []).append(Part(composant.numero, quantite))
    return parts, {composant.numero: composant for _, composant, _ in rangs}


async def ingredients(ctx: Contexte, numeros: Collection[str]) -> dict[str, tuple[Ingredient, ...]]:
    """What moves when these articles, which move their components, are sold (ART-11), in two statements for all.

    A component that moves its own is taken apart in turn; what is not kept in stock moves nothing. Absent are those
    that have no components, and so move themselves.

    Raises:
        NomenclatureHorsBornes: the components' quantities multiply beyond what can be told.
    """
    parts, articles = await _parts(ctx, numeros)
    eclates = {
        numero: siennes
        for numero, siennes in parts.items()
        if numero in numeros or (articles[numero].assemble and articles[numero].mouvement_composants)
    }
    return {
        numero: tuple(
            Ingredient(un, quantite_totale(combien))
            for un, combien in feuilles(eclates, numero).items()
            if articles[un].gere_stock
        )
        for numero in numeros
        if parts.get(numero)
    }


async def utilise_dans(ctx: Contexte, numero: str, page: Pagination) -> Page[ComposantSortie]:
    """A page of the assembled articles that an article is a component of."""
    await charger(ctx, Article, numero, "article")
    lignes, suivant = await lire_page(ctx, requetes.utilise_dans(numero), page, ([col(Composant.article)], False))
    return Page[ComposantSortie](data=[ComposantSortie.model_validate(une) for une in lignes], curseur_suivant=suivant)


async def nomenclature(ctx: Contexte, numero: str) -> NomenclatureSortie:
    """What an article is made of in the end.

    Raises:
        NomenclatureHorsBornes: the components' quantities multiply beyond what can be told.
    """
    article = await charger(ctx, Article, numero, "article")
    fait = await assemblage(ctx, numero)
    prix = fait.prix() if fait.quantites else None
    return NomenclatureSortie(
        article=numero,
        unite=article.unite,
        feuilles=[_feuille(fait.articles[une], combien) for une, combien in fait.quantites.items()],
        prix_achat=prix and prix.prix_achat,
        cout=prix and prix.cout,
        prix_vente=prix and prix.prix_vente,
        manquants=list(prix.manquants) if prix else [],
    )


def _feuille(article: Article, combien: Decimal) -> FeuilleSortie:
    return FeuilleSortie(
        article=article.numero,
        designation=article.designation,
        quantite=quantite_totale(combien),
        unite=article.unite,
        prix_vente=article.prix_vente,
        dernier_prix_achat=article.dernier_prix_achat,
        frais_achat=article.frais_achat,
    )
