"""Orders of a till become commandes (MAG-10 to MAG-14, MAG-26)."""

from collections.abc import Mapping
from typing import Any

from aurore_api.magasin.poussees import CommandePoussee
from aurore_api.magasin.service.sortes import Sorte
from aurore_domain.cycle import TypeDocument
from aurore_domain.magasin import SansLigne, verifier_livraison


def _verifier(pousse: CommandePoussee) -> None:
    if not pousse.lignes:
        raise SansLigne(pointeur="#/lignes")
    if pousse.date_livraison is not None:
        verifier_livraison(pousse.date, pousse.date_livraison)


def _entete(pousse: CommandePoussee) -> Mapping[str, Any]:
    entete: dict[str, Any] = {
        "date": pousse.date,
        "date_livraison_prevue": pousse.date_livraison or pousse.date,
        "heure_livraison": pousse.heure_livraison,
        "vos_references": pousse.vos_references,
    }
    return entete if pousse.remarque is None else entete | {"remarque_interne": pousse.remarque}


COMMANDES: Sorte[CommandePoussee] = Sorte(
    genre="commande",
    liste="commandes",
    schema=CommandePoussee,
    type=TypeDocument.COMMANDE,
    vente=False,
    verifier=_verifier,
    entete=_entete,
    verse=lambda pousse: pousse.paye,
)
