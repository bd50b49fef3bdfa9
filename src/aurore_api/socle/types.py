"""The constrained types every schema is made of (API-02): nothing reaches a rule or a table unchecked."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_UNE_LIGNE = r"^[^\x00-\x1f\x7f]*$"
_PLUSIEURS_LIGNES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
MOTIF_CLE = r"^[0-9A-Za-zÀ-ÖØ-öø-ÿ_]([0-9A-Za-zÀ-ÖØ-öø-ÿ ._+&()-]*[0-9A-Za-zÀ-ÖØ-öø-ÿ_+)])?$"


class Entree(BaseModel):
    """Base of everything that comes in: an unknown field is refused (API-03)."""

    model_config = ConfigDict(extra="forbid", str_max_length=10_000, json_schema_serialization_defaults_required=True)


def exemples(*corps: dict[str, Any]) -> ConfigDict:
    """The configuration of an input schema that shows these requests in the contract (API-11)."""
    return ConfigDict(json_schema_extra={"examples": list(corps)})


class Sortie(BaseModel):
    """Base of everything that goes out: built from rows or values, never from input."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class DecimalTexte:
    """A decimal that is a JSON string both ways, of a fixed scale, within `numeric(precision, echelle)`."""

    def __init__(
        self, precision: int, echelle: int, ecrire: Callable[[Decimal], str], *, signe: bool, maximum: str | None = None
    ) -> None:
        entiers = precision - echelle
        decimales = rf"(\.[0-9]{{1,{echelle}}})?" if echelle else ""
        self.motif = rf"^{'-?' if signe else ''}[0-9]{{1,{entiers}}}{decimales}$"
        self.expression = re.compile(self.motif)
        self.forme = {
            "minimum": -(Decimal(10) ** entiers) + Decimal(1).scaleb(-echelle) if signe else Decimal(0),
            "entiers": entiers,
            "decimales": echelle,
            "separateur": ".",
        }
        self.ecrire = ecrire
        self.maximum = Decimal(maximum) if maximum else None

    def lire(self, valeur: Any) -> Decimal:
        """Refuse all but the plain spelling: no number, exponent, underscore, NaN, nor any digit outside 0-9."""
        if isinstance(valeur, Decimal):
            return valeur
        if not isinstance(valeur, str):
            raise PydanticCustomError("decimal_en_texte", "a decimal is written as a JSON string")
        if not self.expression.fullmatch(valeur):
            raise PydanticCustomError("decimal_illisible", "not a decimal of this form", self.forme)
        nombre = Decimal(valeur)
        if self.maximum is not None and nombre > self.maximum:
            raise PydanticCustomError("hors_bornes", "above the maximum", {"maximum": str(self.maximum)})
        return nombre or abs(nombre)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.lire,
            serialization=core_schema.plain_serializer_function_ser_schema(
                self.ecrire, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": self.motif}


def ecrire_quantite(valeur: Decimal) -> str:
    """A quantity as people write it: no trailing zeros, no exponent."""
    texte = f"{valeur:f}"
    return texte.rstrip("0").rstrip(".") if "." in texte else texte


def _fixe(decimales: int) -> Callable[[Decimal], str]:
    return lambda valeur: f"{valeur:.{decimales}f}"


Montant = Annotated[Decimal, DecimalTexte(14, 2, _fixe(2), signe=True)]
"""Money in EUR, 2 decimals."""
MontantPositif = Annotated[Decimal, DecimalTexte(14, 2, _fixe(2), signe=False)]
Prix = Annotated[Decimal, DecimalTexte(14, 4, _fixe(4), signe=False)]
"""Unit price in EUR, 4 decimals."""
PrixSigne = Annotated[Decimal, DecimalTexte(14, 4, _fixe(4), signe=True)]
Pourcentage = Annotated[Decimal, DecimalTexte(5, 2, _fixe(2), signe=False, maximum="100")]
"""Rate or discount in %, 2 decimals, 0 to 100."""
Quantite = Annotated[Decimal, DecimalTexte(15, 6, ecrire_quantite, signe=False)]
"""Quantity, up to 6 decimals."""
QuantiteSignee = Annotated[Decimal, DecimalTexte(15, 6, ecrire_quantite, signe=True)]


def _ecrire_prix_tvac(valeur: Decimal) -> str:
    """To the cent, or to as many decimals more as the price was rounded to."""
    return f"{valeur:.{max(2, -int(valeur.as_tuple().exponent))}f}"


PrixTvac = Annotated[Decimal, DecimalTexte(16, 4, _ecrire_prix_tvac, signe=False)]
"""Price including VAT in EUR, 2 to 4 decimals: those that the société lets people see."""
Taux = Annotated[Decimal, DecimalTexte(20, 2, _fixe(2), signe=True)]
"""Margin in %, 2 decimals: below 0 where goods are sold under their cost, above 100 where they are dear."""


def _positif(valeur: Decimal) -> Decimal:
    if valeur == 0:
        raise PydanticCustomError("zero_interdit", "must be above zero")
    return valeur


Facteur = Annotated[Quantite, AfterValidator(_positif)]
"""Conversion factor, above zero, up to 6 decimals."""
MontantVerse = Annotated[MontantPositif, AfterValidator(_positif)]
"""Money in EUR that changed hands: above zero, 2 decimals."""

PREMIER_JOUR, DERNIER_JOUR = date(1970, 1, 1), date(2999, 12, 31)
_JOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Jour:
    """A calendar day, written `YYYY-MM-DD` and nothing else, from 1970 to 2999."""

    @staticmethod
    def lire(valeur: Any) -> date:
        if type(valeur) is date:
            return valeur
        if not isinstance(valeur, str) or not _JOUR.fullmatch(valeur):
            raise PydanticCustomError("date_illisible", "not a day of the form YYYY-MM-DD")
        try:
            jour = date.fromisoformat(valeur)
        except ValueError:
            raise PydanticCustomError("date_illisible", "not a day of the calendar") from None
        if not PREMIER_JOUR <= jour <= DERNIER_JOUR:
            bornes = {"minimum": str(PREMIER_JOUR), "maximum": str(DERNIER_JOUR)}
            raise PydanticCustomError("hors_bornes", "outside the calendar served", bornes)
        return jour

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.lire,
            serialization=core_schema.plain_serializer_function_ser_schema(
                date.isoformat, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


Jour = Annotated[date, _Jour()]

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


def _moment_ecrit(valeur: Any) -> Any:
    if isinstance(valeur, datetime):
        return valeur
    ecrit = _MOMENT.fullmatch(valeur) if isinstance(valeur, str) else None
    if ecrit is None:
        raise PydanticCustomError("moment_illisible", "not an instant of RFC 3339 with its offset")
    _Jour.lire(ecrit[1])
    return valeur


Moment = Annotated[AwareDatetime, BeforeValidator(_moment_ecrit)]
"""An instant with its offset, RFC 3339, from 1970 to 2999."""


def _chiffres(valeur: Any) -> Any:
    if isinstance(valeur, str) and not re.fullmatch(r"[0-9]{1,19}", valeur):
        raise PydanticCustomError("type_incorrect", "not a whole number in plain digits")
    return valeur


Chiffres = BeforeValidator(_chiffres)
"""For whole numbers in a query or a path: digits and nothing else, no sign, space or underscore."""
IdentifiantUrl = Annotated[int, Field(ge=1, le=2**63 - 1), Chiffres, Path()]
"""The number of a row that the database numbered, in a path."""
Identifiant = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", json_schema_extra={"format": "uuid"}
    ),
]
"""A UUID as documents and jobs have it."""
Booleen = Annotated[bool, Field(strict=True)]
Entier = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Decimales = Annotated[int, Field(strict=True, ge=0, le=6)]
Version = Annotated[int, Field(ge=1)]

Code = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=MOTIF_CLE)]
"""Natural key of a table."""
CodeUrl = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=MOTIF_CLE), Path()]
"""The same, in a path."""
NumeroArticle = Annotated[str, StringConstraints(min_length=1, max_length=15, pattern=MOTIF_CLE)]
NumeroClient = Annotated[str, StringConstraints(min_length=1, max_length=15, pattern=MOTIF_CLE)]
NumeroFournisseur = Annotated[str, StringConstraints(min_length=1, max_length=15, pattern=MOTIF_CLE)]
Court = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_UNE_LIGNE)]
Libelle = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_UNE_LIGNE)]
LibelleVide = Annotated[str, StringConstraints(max_length=200, pattern=_UNE_LIGNE)]
TexteLong = Annotated[str, StringConstraints(max_length=4000, pattern=_PLUSIEURS_LIGNES)]
Courriel = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\s@\x00-\x1f\x7f]+@[^\s@\x00-\x1f\x7f]+$")]
"""E-mail address: something, `@`, something; only a letter sent there can tell more."""
Pays = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Langue = Literal["fr", "nl", "de", "en"]
