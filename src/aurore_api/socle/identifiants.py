"""Numbers with check digits, checked by python-stdnum and kept in their compact form."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError
from stdnum import bic, iban
from stdnum.be import vat as entreprise_belge
from stdnum.eu import vat as tva_europeenne
from stdnum.exceptions import ValidationError

from aurore_api.socle.types import Entree, Libelle, Pays

_BRUT = StringConstraints(min_length=4, max_length=40, pattern=r"^[0-9A-Za-z .+*/-]+$")


def _verifie(code: str, lire: Callable[[str], Any]) -> AfterValidator:
    """A validator that keeps what `lire` makes of a number, or refuses it under `code`."""

    def verifier(valeur: str) -> str:
        try:
            return str(lire(valeur)).upper()
        except ValidationError:
            raise PydanticCustomError(code, "wrong structure or check digits") from None

    return AfterValidator(verifier)


def _tva(valeur: str) -> str:
    """VAT numbers of the Union bear their country; others are kept as typed, capitals and digits only."""
    compact = "".join(un for un in valeur.upper() if un.isalnum())
    if compact[:2].lower() in tva_europeenne.MEMBER_STATES or compact[:2] in {"EL", "XI"}:
        return str(tva_europeenne.validate(compact))
    if compact[:2].isalpha():
        return compact
    return "BE" + str(entreprise_belge.validate(compact))


NumeroTva = Annotated[str, _BRUT, _verifie("numero_tva_faux", _tva)]
"""VAT number with its country; a bare Belgian enterprise number gets `BE`."""
NumeroEntreprise = Annotated[str, _BRUT, _verifie("numero_entreprise_faux", entreprise_belge.validate)]
"""Belgian enterprise number, 10 digits."""
Iban = Annotated[str, _BRUT, _verifie("iban_faux", partial(iban.validate, check_country=False))]
"""IBAN: structure of its country and check digits, not whether a list knows the bank."""
Bic = Annotated[str, _BRUT, _verifie("bic_faux", bic.validate)]


class Adresse(Entree):
    """A postal address."""

    rue: Libelle | None = None
    code_postal: Annotated[str, StringConstraints(max_length=12, pattern=r"^[0-9A-Za-z -]*$")] | None = None
    localite: Libelle | None = None
    pays: Pays = "BE"
