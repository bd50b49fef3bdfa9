"""The SQL of the plain tables that other slices ask for."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ColumnElement, Numeric, Text, cast, func, select
from sqlmodel import SQLModel, col

from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_api.tables.tables import (
    CategorieTva,
    CodeTva,
    CompteAnalytique,
    Depot,
    Echeance,
    Escompte,
    Famille,
    Imputation,
    ModeLivraison,
    ModePaiement,
    PlanAnalytique,
    Representant,
    Tarif,
    Taxe,
    Tournee,
    Unite,
)


def _par_code(table: type[SQLModel], *champs: str) -> ColumnElement[Any]:
    """A table as one JSON object: key → list of values; numbers as text, so that none becomes a float."""
    colonnes = nue(table)
    cle = next(une for une in colonnes if une.primary_key)
    valeurs = [cast(un, Text) if isinstance(un.type, Numeric) else un for un in (colonnes[nom] for nom in champs)]
    objet = func.json_object_agg(cle, func.json_build_array(*valeurs), type_=JSON)
    return select(objet).scalar_subquery()


REFERENTIEL = select(
    _par_code(CodeTva, "taux").label("codes_tva"),
    _par_code(CategorieTva, "regime").label("categories_tva"),
    _par_code(Unite, "decimales").label("unites"),
    _par_code(Imputation, "genre").label("imputations"),
    _par_code(Depot).label("depots"),
    _par_code(PlanAnalytique).label("plans_analytiques"),
    _par_code(CompteAnalytique, "plan").label("comptes_analytiques"),
    _par_code(ModeLivraison, "montant", "code_tva").label("modes_livraison"),
    _par_code(ModePaiement, "libelle").label("modes_paiement"),
    _par_code(Echeance, "jours", "fin_de_mois", "jour_fixe").label("echeances"),
    _par_code(Escompte, "genre", "pourcentage", "jours").label("escomptes"),
    _par_code(Taxe, "libelle", "genre").label("taxes"),
    _par_code(Tournee, "heure_limite").label("tournees"),
)


async def libelles(ctx: Contexte, **codes: str | None) -> dict[str, str | None]:
    """What people call the rows that a document names, in one statement."""
    sources: dict[str, tuple[type[SQLModel], Any]] = {
        "echeance": (Echeance, Echeance.libelle),
        "mode_paiement": (ModePaiement, ModePaiement.libelle),
        "mode_livraison": (ModeLivraison, ModeLivraison.libelle),
        "representant": (Representant, Representant.nom),
    }
    colonnes = [
        select(col(libelle)).where(col(table.code) == codes[nom]).scalar_subquery().label(nom)  # type: ignore[attr-defined]
        for nom, (table, libelle) in sources.items()
    ]
    return dict((await ctx.session.execute(select(*colonnes))).mappings().one())


async def taux_dates(ctx: Contexte, codes: Collection[str]) -> dict[str, list[tuple[date, Decimal]]]:
    """The (first day, rate in %) pairs of VAT codes (CAL-07); a code that does not exist is absent."""
    rangs = await ctx.session.execute(select(col(CodeTva.code), col(CodeTva.taux)).where(col(CodeTva.code).in_(codes)))
    return {code: [(date.fromisoformat(un["du"]), Decimal(un["taux"])) for un in taux] for code, taux in rangs}


async def decimales_des_unites(ctx: Contexte, codes: Collection[str]) -> dict[str, int]:
    """What conversions into units are rounded to (CAL-02); a unit that does not exist is absent."""
    rangs = await ctx.session.execute(select(col(Unite.code), col(Unite.decimales)).where(col(Unite.code).in_(codes)))
    return dict(row for row in rangs)


async def genres_des_imputations(ctx: Contexte, codes: Collection[str]) -> dict[str, str]:
    """Whether posting codes are of sales or of purchases, which they stay until this transaction ends.

    A code that does not exist is absent.
    """
    requete = select(col(Imputation.code), col(Imputation.genre)).where(col(Imputation.code) == un_de(codes))
    return dict(row for row in await ctx.session.execute(requete.with_for_update(read=True)))


async def departements_des_familles(ctx: Contexte, codes: Collection[str]) -> dict[str, str | None]:
    """The departments of families of articles (ART-03); a family that does not exist is absent."""
    requete = select(col(Famille.code), col(Famille.departement)).where(col(Famille.code) == un_de(codes))
    return dict(row for row in await ctx.session.execute(requete))


async def tarif_existe(ctx: Contexte, code: str) -> bool:
    """Whether there is a price list of this code."""
    return await ctx.session.get(Tarif, code) is not None


async def libelles_des_familles(ctx: Contexte, codes: Collection[str]) -> dict[str, str]:
    """What these families are called; unknown ones are absent."""
    requete = select(col(Famille.code), col(Famille.libelle)).where(col(Famille.code) == un_de(codes))
    return dict(rang for rang in await ctx.session.execute(requete))
