"""Orders of a till become commandes (MAG-10 to MAG-14, MAG-26)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from anyio import to_thread

from aurore_api.documents.lots.demandes import Fait
from aurore_api.magasin.poussees import BilanPoussee, CommandePoussee, CommandesPoussees
from aurore_api.magasin.service.cloture import cloturer
from aurore_api.magasin.service.couverture import noter
from aurore_api.magasin.service.elements import lire
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.service.periode import desactiver, fenetre_de
from aurore_api.magasin.service.pousser import bilan, pousser
from aurore_api.magasin.service.sortes import Sorte
from aurore_api.magasin.service.traiter import traiter
from aurore_api.magasin.tables import Magasin
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import TypeDocument
from aurore_domain.magasin import SansLigne, verifier_livraison


async def pousser_commandes(ctx: Contexte, code: str, corps: CommandesPoussees) -> BilanPoussee:
    """Take the orders of a till; what became of each, in the order sent. Closes what is past (MAG-26).

    Raises:
        RessourceAbsente: there is no such shop.
        PorteeInsuffisante: a longer window than the shop's is asked for without the scope `derogation`.
    """
    magasin = await lire_magasin(ctx, code)
    fenetre = fenetre_de(ctx, corps, magasin.fenetre_commandes)
    elements = await to_thread.run_sync(lire, ctx, "commandes", corps.commandes, CommandePoussee)
    if not (magasin.actif and magasin.synchro_commandes):
        desactiver(ctx, elements, "synchro_commandes" if magasin.actif else "actif")
        return bilan(elements)
    await pousser(ctx, elements, partial(traiter, ctx, COMMANDES, magasin, fenetre), atomique=corps.atomique)
    if not corps.atomique:
        await cloturer(ctx)
    await noter(ctx, magasin, COMMANDES.genre, fenetre, elements)
    return bilan(elements)


def _rien(_: CommandePoussee) -> None:
    return None


def _tout_va(_: CommandePoussee, __: Fait) -> None:
    return None


def _sans_mention(_: Magasin, __: CommandePoussee) -> Mapping[str, str]:
    return {}


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
    type=TypeDocument.COMMANDE,
    vente=False,
    admettre=_rien,
    verifier=_verifier,
    exiger=_tout_va,
    entete=_entete,
    mentions=_sans_mention,
    verse=lambda pousse: pousse.paye,
    origine=_rien,
    paiements=_rien,
)
