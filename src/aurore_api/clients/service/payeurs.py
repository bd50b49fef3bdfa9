"""Who pays for whom (CLI-05)."""

from aurore_api.clients import requetes
from aurore_api.clients.erreurs import CycleDeFacturation
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.verrous import seul
from aurore_domain.graphes import anneau


async def verifier_payeur(ctx: Contexte, client: str, payeur: str | None) -> None:
    """Refuse a payer that the client itself pays for, at once or through others; a chain that ends is allowed.

    Holds all other changes of payers off until this one ends, so it comes before any lock on a row.

    Raises:
        CycleDeFacturation: the client would be billed to itself.
    """
    if payeur is None:
        return
    await seul(ctx, "facturation")
    chaine = await requetes.chaines_de_facturation(ctx, [payeur])
    payeurs = {un.numero: (un.facturer_a,) for un in chaine if un.facturer_a is not None}
    boucle = anneau(payeurs | {client: (payeur,)}, client)
    if boucle:
        raise CycleDeFacturation(pointeur="#/facturer_a", anneau=boucle)
