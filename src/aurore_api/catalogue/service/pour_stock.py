"""What the stock asks of articles (ART-15, ART-16)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select
from sqlmodel import col

from aurore_api.catalogue.service.articles import RESSOURCE
from aurore_api.catalogue.tables import Article, CodeBarres, FournisseurArticle, UniteSupplementaire
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger
from aurore_api.tables.service import referentiel
from aurore_domain.unites import Conversion

_A, _F, _U = nue(Article), nue(FournisseurArticle), nue(UniteSupplementaire)


@dataclass(frozen=True, slots=True)
class FicheStock:
    """What the stock screen shows of an article; of each bar code the unit that bears it, None for the article."""

    unite: str
    stock_minimum: Decimal | None
    emplacement_principal: str | None
    codes_barres: tuple[tuple[str, str | None], ...]


async def fiche_stock(ctx: Contexte, numero: str) -> FicheStock:
    """An article as the stock screen shows it; raises `RessourceAbsente`."""
    article = await charger(ctx, Article, numero, RESSOURCE)
    codes = select(col(CodeBarres.code), col(CodeBarres.abreviation)).where(col(CodeBarres.article) == numero)
    rangs = await ctx.session.execute(codes.order_by(col(CodeBarres.abreviation).nulls_first(), col(CodeBarres.code)))
    return FicheStock(
        article.unite,
        article.stock_minimum,
        article.emplacement_principal,
        tuple((code, unite) for code, unite in rangs),
    )


def fiches(*, famille: str | None = None, fournisseur: str | None = None) -> Select[Any]:
    """Articles for a statement about their stock: number, name, unit, minimum, usual supplier, and whether they live.

    `fournisseur` leaves those that are usually or possibly bought there.
    """
    requete = select(
        _A.numero,
        _A.designation,
        _A.unite,
        _A.stock_minimum,
        _A.fournisseur_habituel,
        (_A.actif & _A.gere_stock & ~(_A.assemble & _A.mouvement_composants)).label("a_tenir"),
    )
    if famille is not None:
        requete = requete.where(_A.famille == famille)
    if fournisseur is not None:
        vendus = select(_F.article).where(_F.fournisseur == fournisseur)
        requete = requete.where(or_(_A.fournisseur_habituel == fournisseur, _A.numero.in_(vendus)))
    return requete


@dataclass(frozen=True, slots=True, kw_only=True)
class Offre:
    """How a supplier sells an article: price per base unit before `remise` in %, quantities in `unite_achat`."""

    fournisseur: str
    numero_article_fournisseur: str | None
    unite_achat: str | None
    conversion: Conversion | None
    quantite_suggeree: Decimal | None
    delai_livraison: int | None
    prix_achat: Decimal | None
    remise: Decimal


async def offres(ctx: Contexte, numeros: Collection[str]) -> dict[str, list[Offre]]:
    """The suppliers of articles, the usual one first, then by number; in one statement."""
    decimales = (await referentiel(ctx)).unites
    champs = (
        _F.fournisseur,
        _F.numero_article_fournisseur,
        _F.unite_achat,
        _F.quantite_suggeree,
        _F.delai_livraison,
        _F.prix_achat,
        _F.remise,
    )
    requete = (
        select(_F.article, _A.unite, _U.facteur, _U.operateur, _U.decimales, *champs)
        .join(_A.numero.table, _A.numero == _F.article)
        .outerjoin(_U.article.table, (_U.article == _F.article) & (_U.abreviation == _F.unite_achat))
        .where(_F.article == un_de(numeros))
        .order_by(_F.article, (_F.fournisseur == _A.fournisseur_habituel).desc().nulls_last(), _F.fournisseur)
    )
    trouvees: dict[str, list[Offre]] = {}
    for article, unite, facteur, operateur, decimales_achat, *reste in await ctx.session.execute(requete):
        conversion = facteur and Conversion(
            facteur=facteur, operateur=operateur, decimales=decimales_achat, decimales_base=decimales[unite]
        )
        noms = (un.name for un in champs)
        trouvees.setdefault(article, []).append(Offre(conversion=conversion, **dict(zip(noms, reste, strict=True))))
    return trouvees
