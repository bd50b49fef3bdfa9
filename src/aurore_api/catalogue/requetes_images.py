"""The SQL of images of articles (ART-10)."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlmodel import col

from aurore_api.catalogue.tables import Image, ImageArticle
from aurore_api.socle.contexte import Contexte


async def compter_images(ctx: Contexte, article: str) -> tuple[int, int]:
    """How many images an article has, and the place of the last one; 0 for none."""
    requete = select(func.count(), func.coalesce(func.max(col(ImageArticle.ordre)), 0))
    nombre, dernier = (await ctx.session.execute(requete.where(col(ImageArticle.article) == article))).one()
    return nombre, dernier


async def garder_image(ctx: Contexte, image: Image) -> None:
    """Store a picture unless the same is there, also when two requests bring it at once."""
    await ctx.session.execute(insert(Image).on_conflict_do_nothing(), image.model_dump())


async def contenu_image(ctx: Contexte, empreinte: str, *, petite: bool) -> bytes:
    """A picture that is there, or its small version."""
    colonne = col(Image.vignette) if petite else col(Image.contenu)
    return (await ctx.session.scalars(select(colonne).where(col(Image.empreinte) == empreinte))).one()


async def premieres_images(ctx: Contexte, articles: Collection[str]) -> dict[str, str]:
    """The digest of the first image of each article that has one."""
    article, ordre, cle = col(ImageArticle.article), col(ImageArticle.ordre), col(ImageArticle.id)
    requete = (
        select(article, col(ImageArticle.empreinte))
        .where(article.in_(articles))
        .ext(distinct_on(article))
        .order_by(article, ordre, cle)
    )
    return dict(rang for rang in await ctx.session.execute(requete))


async def vignettes(ctx: Contexte, empreintes: Collection[str]) -> dict[str, bytes]:
    """The small versions of pictures, by digest."""
    requete = select(col(Image.empreinte), col(Image.vignette)).where(col(Image.empreinte).in_(empreintes))
    return dict(rang for rang in await ctx.session.execute(requete))
