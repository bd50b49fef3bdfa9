"""The SQL of accounting years and numbers."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from aurore_api.exercices.tables import Compteur, Exercice, TrouDeclare
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte

_EXERCICE = nue(Exercice)
TOUS = select(_EXERCICE.code, _EXERCICE.debut, _EXERCICE.fin, _EXERCICE.etat, _EXERCICE.version).order_by(
    _EXERCICE.debut
)


async def ouvrir(ctx: Contexte, exercice: Exercice) -> bool:
    """Store a year unless another request just did; says whether this one did."""
    champs = exercice.model_dump(exclude={"version"})
    resultat = await ctx.session.execute(
        insert(Exercice).values(**champs, version=1).on_conflict_do_nothing().returning(col(Exercice.code))
    )
    return resultat.first() is not None


async def tirer(ctx: Contexte, exercice: str, genre: str, jour: date, *, chronologie: bool) -> int | None:
    """Draw the next number (DOC-03), as the last lock of its transaction; None when `jour` breaks chronology (DOC-06).

    A rolled-back transaction gives its number back: the counter is a row like any other.
    """
    proposee = insert(Compteur).values(exercice=exercice, type=genre, dernier=1, derniere_date=jour, version=1)
    plus_tard = func.greatest(col(Compteur.derniere_date), proposee.excluded.derniere_date)
    resultat = await ctx.session.execute(
        proposee.on_conflict_do_update(
            index_elements=["exercice", "type"],
            set_={
                "dernier": col(Compteur.dernier) + 1,
                "derniere_date": case((col(Compteur.derniere_date).is_(None), jour), else_=plus_tard),
                "version": col(Compteur.version) + 1,
            },
            where=(
                (col(Compteur.derniere_date).is_(None))
                | (proposee.excluded.derniere_date >= col(Compteur.derniere_date))
                if chronologie
                else None
            ),
        ).returning(col(Compteur.dernier))
    )
    return resultat.scalar_one_or_none()


async def tirer_plusieurs(ctx: Contexte, exercice: str, genre: str, jour: date, combien: int) -> int:
    """Draw as many numbers at once, `jour` being the latest date among them; the last of them."""
    proposee = insert(Compteur).values(exercice=exercice, type=genre, dernier=combien, derniere_date=jour, version=1)
    resultat = await ctx.session.execute(
        proposee.on_conflict_do_update(
            index_elements=["exercice", "type"],
            set_={
                "dernier": col(Compteur.dernier) + combien,
                "derniere_date": func.greatest(func.coalesce(col(Compteur.derniere_date), jour), jour),
                "version": col(Compteur.version) + 1,
            },
        ).returning(col(Compteur.dernier))
    )
    return resultat.scalar_one()


async def derniere_date(ctx: Contexte, exercice: str, genre: str) -> date | None:
    """The latest date that bears a number of this type."""
    return await ctx.session.scalar(
        select(col(Compteur.derniere_date)).where(col(Compteur.exercice) == exercice, col(Compteur.type) == genre)
    )


async def derniere_date_autour(ctx: Contexte, jour: date, genre: str) -> date | None:
    """The same, in the year that holds a day."""
    return await ctx.session.scalar(
        select(col(Compteur.derniere_date))
        .join(Exercice, col(Exercice.code) == col(Compteur.exercice))
        .where(col(Exercice.debut) <= jour, col(Exercice.fin) >= jour, col(Compteur.type) == genre)
    )


async def compteurs(ctx: Contexte, exercice: str) -> Sequence[Compteur]:
    """The counters of a year."""
    return (await ctx.session.scalars(select(Compteur).where(col(Compteur.exercice) == exercice))).all()


async def compteur_verrouille(ctx: Contexte, exercice: str, genre: str) -> Compteur:
    """A counter, made if need be, locked for a change."""
    await ctx.session.execute(
        insert(Compteur).values(exercice=exercice, type=genre, dernier=0, version=1).on_conflict_do_nothing()
    )
    return (
        await ctx.session.scalars(
            select(Compteur)
            .where(col(Compteur.exercice) == exercice, col(Compteur.type) == genre)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one()


async def trous(ctx: Contexte, exercice: str) -> Sequence[TrouDeclare]:
    """The declared gaps of a year."""
    return (
        await ctx.session.scalars(
            select(TrouDeclare).where(col(TrouDeclare.exercice) == exercice).order_by(col(TrouDeclare.id))
        )
    ).all()
