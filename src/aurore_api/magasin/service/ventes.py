"""Sales of a till that are to be invoiced become numbered bordereaux (MAG-17, MAG-18, MAG-19)."""

from collections.abc import Mapping
from typing import Any

from aurore_api.documents.lots.demandes import Fait
from aurore_api.formats import jour
from aurore_api.magasin.poussees import FacturePoussee
from aurore_api.magasin.service.sortes import Sorte
from aurore_api.magasin.tables import Magasin
from aurore_domain.cycle import TypeDocument
from aurore_domain.magasin import CreditClientRefuse, SansLigne, TotalDifferent

_MENTIONS = {
    "fr": "{magasin}, ticket {reference} du {jour}",
    "nl": "{magasin}, kassabon {reference} van {jour}",
    "de": "{magasin}, Kassenbon {reference} vom {jour}",
    "en": "{magasin}, receipt {reference} of {jour}",
}
"""What the bordereau begins with, and the facture after it: where, under which ticket and when it was sold."""


def _admettre(pousse: FacturePoussee) -> None:
    if pousse.mode_fin == "credit_client":
        raise CreditClientRefuse(pointeur="#/mode_fin")


def _verifier(pousse: FacturePoussee) -> None:
    if not pousse.lignes:
        raise SansLigne(pointeur="#/lignes")


def _exiger(pousse: FacturePoussee, fait: Fait) -> None:
    """The facture's total will be the ticket's (MAG-18)."""
    if pousse.total_tvac not in {None, fait.document.total_tvac}:
        raise TotalDifferent(pointeur="#/total_tvac", total=pousse.total_tvac, lignes=fait.document.total_tvac)


def _entete(pousse: FacturePoussee) -> Mapping[str, Any]:
    entete: dict[str, Any] = {
        "date": pousse.date,
        "date_livraison_prevue": pousse.date,
        "vos_references": pousse.vos_references,
        "facturation_immediate": True,
    }
    return entete if pousse.remarque is None else entete | {"remarque_interne": pousse.remarque}


def _mentions(magasin: Magasin, pousse: FacturePoussee) -> Mapping[str, str]:
    valeurs = {"magasin": magasin.nom, "reference": pousse.reference, "jour": jour(pousse.date)}
    return {langue: texte.format(**valeurs) for langue, texte in _MENTIONS.items()}


VENTES: Sorte[FacturePoussee] = Sorte(
    genre="facture",
    liste="factures",
    schema=FacturePoussee,
    type=TypeDocument.BORDEREAU,
    vente=True,
    admettre=_admettre,
    verifier=_verifier,
    exiger=_exiger,
    entete=_entete,
    mentions=_mentions,
    origine=lambda pousse: None if pousse.reference_commande == pousse.reference else pousse.reference_commande,
    paiements=lambda pousse: [un.model_dump(mode="json") for un in pousse.paiements],
    frequence="immediate",
)
