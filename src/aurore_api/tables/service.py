"""What other slices ask of the plain tables: single look-ups, and all that documents are computed with, at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from sqlalchemy import RowMapping

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane
from aurore_api.socle.heures import HeureLimite
from aurore_api.socle.memoire import Memoire
from aurore_api.tables import requetes
from aurore_api.tables.requetes import (
    decimales_des_unites,
    departements_des_familles,
    genres_des_imputations,
    libelles_des_familles,
    tarif_existe,
    taux_dates,
)
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.imputations import GenreImputation, ImputationDAutreGenre
from aurore_domain.tva import REGIMES, CategorieTva, taux_a_la_date

T = TypeVar("T")

__all__ = [
    "EcheanceConnue",
    "EscompteConnu",
    "ModeLivraisonConnu",
    "Referentiel",
    "decimales_des_unites",
    "departements_des_familles",
    "genres_des_imputations",
    "imputations_d_autre_genre",
    "libelles",
    "libelles_des_familles",
    "referentiel",
    "tarif_existe",
    "taux_dates",
]


@dataclass(frozen=True, slots=True)
class EcheanceConnue:
    """A payment term, as the domain asks for it."""

    jours: int
    fin_de_mois: bool
    jour_fixe: int | None


@dataclass(frozen=True, slots=True)
class EscompteConnu:
    """A cash discount; `pourcentage` in %."""

    genre: Literal["deduit", "conditionnel"]
    pourcentage: Decimal
    jours: int | None


@dataclass(frozen=True, slots=True)
class ModeLivraisonConnu:
    """A way of delivering: its charge in EUR and the VAT code it states, if any."""

    montant: Decimal
    code_tva: str | None


class Connus(dict[str, T]):
    """Rows by code. Another row that names one which is not there was made after these were read."""

    def __missing__(self, code: str) -> T:
        raise ConflitSimultane


@dataclass(frozen=True, slots=True)
class Referentiel:
    """The small tables that every document is computed with, by code."""

    codes_tva: Mapping[str, tuple[tuple[date, Decimal], ...]]
    categories_tva: Mapping[str, CategorieTva]
    unites: Mapping[str, int]
    """Decimals of each unit."""
    imputations: Mapping[str, GenreImputation]
    """Whether posting codes are of sales or of purchases."""
    depots: frozenset[str]
    plans_analytiques: frozenset[str]
    comptes_analytiques: frozenset[str]
    modes_livraison: Mapping[str, ModeLivraisonConnu]
    modes_paiement: Mapping[str, str]
    """What ways of paying are called."""
    echeances: Mapping[str, EcheanceConnue]
    escomptes: Mapping[str, EscompteConnu]
    taxes: Mapping[str, str]
    """What taxes and deposits are called."""
    consignes: frozenset[str]
    """Those that are deposits."""
    heures_limites: Mapping[str, HeureLimite]
    """Of the rounds that have one (CLI-11)."""

    def taux(self, code: str, jour: date) -> Decimal:
        """Rate in % of a known VAT code on a day; raises `TauxInconnu` (CAL-07)."""
        return taux_a_la_date(self.codes_tva[code], jour)


def _referentiel(rangs: Sequence[RowMapping]) -> Referentiel:
    lu = {nom: valeurs or {} for nom, valeurs in rangs[0].items()}
    return Referentiel(
        codes_tva=Connus(
            (code, tuple((date.fromisoformat(un["du"]), Decimal(un["taux"])) for un in taux))
            for code, (taux,) in lu["codes_tva"].items()
        ),
        categories_tva=Connus((code, REGIMES[regime]) for code, (regime,) in lu["categories_tva"].items()),
        unites=Connus((code, decimales) for code, (decimales,) in lu["unites"].items()),
        imputations={code: genre for code, (genre,) in lu["imputations"].items()},
        depots=frozenset(lu["depots"]),
        plans_analytiques=frozenset(lu["plans_analytiques"]),
        comptes_analytiques=frozenset(lu["comptes_analytiques"]),
        modes_livraison={
            code: ModeLivraisonConnu(Decimal(montant), tva) for code, (montant, tva) in lu["modes_livraison"].items()
        },
        modes_paiement={code: libelle for code, (libelle,) in lu["modes_paiement"].items()},
        echeances={code: EcheanceConnue(*regle) for code, regle in lu["echeances"].items()},
        escomptes={
            code: EscompteConnu(genre, Decimal(pourcentage), jours)
            for code, (genre, pourcentage, jours) in lu["escomptes"].items()
        },
        taxes={code: libelle for code, (libelle, _) in lu["taxes"].items()},
        consignes=frozenset(code for code, (_, genre) in lu["taxes"].items() if genre == "consigne"),
        heures_limites={
            numero: HeureLimite.model_validate(regle) for numero, (regle,) in lu["tournees"].items() if regle
        },
    )


_REFERENTIEL = Memoire(requetes.REFERENTIEL, _referentiel)


async def referentiel(ctx: Contexte) -> Referentiel:
    """All of them, in one statement where they changed since this process last read them."""
    return await _REFERENTIEL.lire(ctx)


async def imputations_d_autre_genre(
    ctx: Contexte, voulues: Mapping[str, tuple[str, GenreImputation]]
) -> list[ErreurAurore]:
    """Refuse the fields whose posting code is not of the kind they ask for; the kind stays until the transaction ends.

    A code that does not exist is left to the database's references.
    """
    genres = await requetes.genres_des_imputations(ctx, {code for code, _ in voulues.values()})
    return [
        ImputationDAutreGenre(pointeur=f"#/{champ}", genre=genre)
        for champ, (code, genre) in voulues.items()
        if genres.get(code, genre) != genre
    ]


async def libelles(ctx: Contexte, **codes: str | None) -> dict[str, str | None]:
    """What people call the term, ways and representative that a document names; None where it names none."""
    return await requetes.libelles(ctx, **codes)
