"""How firms are known: numbers with check digits (checked by python-stdnum, kept compact), addresses, contacts."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError
from stdnum import bic, iban
from stdnum.be import vat as entreprise_belge
from stdnum.eu import vat as tva_europeenne
from stdnum.exceptions import ValidationError

from aurore_api.socle.types import Courriel, Court, Entree, Libelle, Pays

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


def _celui_de_la_tva(numero: str, info: ValidationInfo) -> str:
    tva = info.data.get("numero_tva")
    if tva is not None and tva.startswith("BE") and tva != f"BE{numero}":
        raise PydanticCustomError("numero_entreprise_discordant", "not the one of the VAT number")
    return numero


NumeroEntrepriseAssorti = Annotated[NumeroEntreprise, AfterValidator(_celui_de_la_tva)]
"""The same, after a `numero_tva`: a Belgian VAT number is the enterprise number after `BE`."""
_BELGES = {"0208": "", "9925": "BE"}
"""Peppol schemes whose numbers are Belgian enterprise numbers, and what stands before them."""


def _peppol(identifiant: str) -> str:
    """Keep a Peppol id as typed; in the Belgian schemes its number must be an enterprise number, plainly spelt."""
    schema, _, numero = identifiant.partition(":")
    if schema in _BELGES:
        simple = _BELGES[schema] + entreprise_belge.compact(numero)
        if numero.upper() != simple or not entreprise_belge.is_valid(numero):
            raise PydanticCustomError("identifiant_peppol_faux", "wrong structure or check digits")
    return identifiant


IdentifiantPeppol = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}:[0-9A-Za-z._~-]{1,50}$"), AfterValidator(_peppol)
]
"""Peppol participant: the code of the scheme and the number in it, `0208:0403170701`."""
Iban = Annotated[str, _BRUT, _verifie("iban_faux", partial(iban.validate, check_country=False))]
"""IBAN: structure of its country and check digits, not whether a list knows the bank."""
Bic = Annotated[str, _BRUT, _verifie("bic_faux", bic.validate)]


class Adresse(Entree):
    """A postal address."""

    rue: Libelle | None = None
    code_postal: Annotated[str, StringConstraints(max_length=12, pattern=r"^[0-9A-Za-z -]*$")] | None = None
    localite: Libelle | None = None
    pays: Pays = "BE"


class Contact(Entree):
    """A person at a client's or a supplier's."""

    nom: Libelle
    fonction: Court | None = None
    telephone: Court | None = None
    courriel: Courriel | None = None
