"""The taxes of a line: what its article charged when the line was entered, and what that comes to (ART-07, CAL-06).

A line keeps the taxes of every VAT category, so that another category of its document finds its own, and so that what
follows charges what was agreed, whatever becomes of the article (TRF-04).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aurore_api.catalogue.service import TaxeDArticle
from aurore_api.tables.service import Referentiel
from aurore_domain.prix import prix_tvac_depuis_htva
from aurore_domain.totaux import Part
from aurore_domain.tva import Lettre, Traitement

Copie = dict[str, Any]
"""A tax as a line keeps it; `charge` is null where it is not charged. Never changed in place: made anew."""


@dataclass(frozen=True, slots=True)
class TaxeDeLigne:
    """A tax charged on a line, as the domain computes it and as it is served.

    `montant` is per base unit and as stated: VAT included where the document's prices are. The amounts are those last
    computed.
    """

    code_taxe: str
    libelle: str
    code_tva: str
    categorie: Lettre
    taux: Decimal
    montant: Decimal | None
    pourcentage: Decimal | None
    montant_htva: Decimal
    montant_tvac: Decimal | None
    consigne: bool = False

    @property
    def traitement(self) -> Traitement:
        """VAT treatment of the tax itself."""
        return Traitement(self.categorie, self.taux)


def copier(taxes: Iterable[TaxeDArticle], referentiel: Referentiel) -> list[Copie]:
    """What a line keeps of its article's taxes."""
    return [
        {
            "code_taxe": une.code_taxe,
            "libelle": referentiel.taxes.get(une.code_taxe, une.code_taxe),
            "consigne": une.code_taxe in referentiel.consignes,
            "categorie_tva": une.categorie_tva,
            "code_tva": une.code_tva,
            "montant": _ecrit(une.montant),
            "pourcentage": _ecrit(une.pourcentage),
            "charge": None,
        }
        for une in taxes
    ]


def choisir(
    copies: Sequence[Copie], categorie_tva: str | None, traiter: Callable[..., Traitement], *, prix_tvac: bool
) -> list[Copie]:
    """Charge the taxes of a VAT category and no other, at today's treatment of their VAT codes; none for None.

    `traiter` is given the code, and `consigne` for a deposit.
    """
    return [
        {**une, "charge": _charge(une, traiter(une["code_tva"], consigne=_est_consigne(une)), prix_tvac=prix_tvac)}
        if une["categorie_tva"] == categorie_tva
        else {**une, "charge": None}
        for une in copies
    ]


def _est_consigne(copie: Copie) -> bool:
    """Lines of before deposits were told from taxes say nothing."""
    return bool(copie.get("consigne"))


def _charge(copie: Copie, traitement: Traitement, *, prix_tvac: bool) -> Copie:
    montant = _lu(copie["montant"])
    if montant is not None and prix_tvac:
        montant = prix_tvac_depuis_htva(montant, traitement.taux)
    return {"categorie": traitement.categorie, "taux": str(traitement.taux), "montant": _ecrit(montant)}


def chiffrer(copies: Sequence[Copie], parts: Sequence[Part]) -> list[Copie]:
    """Keep what the taxes charged, in their order, come to."""
    restantes = iter(parts)
    return [une if une["charge"] is None else _chiffree(une, next(restantes)) for une in copies]


def _chiffree(copie: Copie, part: Part) -> Copie:
    montants = {"montant_htva": str(part.montant_htva), "montant_tvac": _ecrit(part.montant_tvac)}
    return {**copie, "charge": copie["charge"] | montants}


def chargees(copies: Iterable[Copie]) -> tuple[TaxeDeLigne, ...]:
    """The taxes that are charged, as values."""
    return tuple(
        TaxeDeLigne(
            code_taxe=une["code_taxe"],
            libelle=une["libelle"],
            code_tva=une["code_tva"],
            categorie=charge["categorie"],
            taux=Decimal(charge["taux"]),
            montant=_lu(charge["montant"]),
            pourcentage=_lu(une["pourcentage"]),
            montant_htva=_lu(charge.get("montant_htva")) or Decimal(0),
            montant_tvac=_lu(charge.get("montant_tvac")),
            consigne=_est_consigne(une),
        )
        for une in copies
        if (charge := une["charge"]) is not None
    )


def _ecrit(valeur: Decimal | None) -> str | None:
    return None if valeur is None else str(valeur)


def _lu(texte: str | None) -> Decimal | None:
    return None if texte is None else Decimal(texte)
