"""Who new documents may be made for, and to whom factures are made out (CLI-05, CLI-10, CLI-13, FOU-02)."""

from collections.abc import Iterable, Mapping

from aurore_api.clients import service as clients
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.clients.service import Facturation
from aurore_api.documents.erreurs import ClientInactif, ClientNonFacturable, FournisseurInactif
from aurore_api.documents.tiers import Tiers
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import TypeDocument


def exiger_servi(tiers: Tiers, genre: str) -> None:
    """Refuse a new document for a client that is served no more, or not yet invoiced, or of a supplier left behind.

    Raises:
        ClientInactif, FournisseurInactif: the client or supplier is inactive; its present documents go on.
        ClientNonFacturable: a facture, for a client that is to be completed first.
    """
    if not isinstance(tiers, ClientDeDocument):
        if not tiers.actif:
            raise FournisseurInactif(pointeur="#/fournisseur")
        return
    if not tiers.actif:
        raise ClientInactif(pointeur="#/client")
    exiger_facturable(tiers, genre)


def exiger_facturable(client: ClientDeDocument | None, genre: str) -> None:
    """Refuse a facture for a client that is to be completed first (CLI-13). Raises `ClientNonFacturable`."""
    if genre == TypeDocument.FACTURE and client is not None and not client.facturable:
        raise ClientNonFacturable(pointeur="#/client", client=client.numero)


async def facturation_des_sources(ctx: Contexte, genre: str, numeros: Iterable[str]) -> Mapping[str, Facturation]:
    """How the clients of a transfer into a facture are billed; nothing for any other type, which looks at no one.

    Raises:
        ClientNonFacturable: one of them, or who pays for one, is to be completed first (CLI-13).
    """
    if genre != TypeDocument.FACTURE:
        return {}
    trouvees = await clients.facturation(ctx, set(numeros))
    for une in trouvees.values():
        if une.a_completer is not None:
            raise ClientNonFacturable(pointeur="#/cible", client=une.a_completer)
    return trouvees
