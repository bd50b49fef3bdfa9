"""A push of orders or of sales, from its envelope to its answer (MAG-10 to MAG-13, MAG-18)."""

from functools import partial

from anyio import to_thread

from aurore_api.magasin.poussees import BilanPoussee, Periode
from aurore_api.magasin.service.cloture import cloturer
from aurore_api.magasin.service.couverture import noter
from aurore_api.magasin.service.elements import lire
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.service.periode import desactiver, fenetre_de
from aurore_api.magasin.service.pousser import bilan, pousser
from aurore_api.magasin.service.sortes import P, Sorte
from aurore_api.magasin.service.traiter import traiter
from aurore_api.socle.contexte import Contexte


async def pousser_pieces(ctx: Contexte, code: str, corps: Periode, sorte: Sorte[P]) -> BilanPoussee:
    """Take what a till pushes; what became of each item, in the order sent. Closes past orders (MAG-26).

    Raises:
        RessourceAbsente: there is no such shop.
        PorteeInsuffisante: a longer window than the shop's is asked for without the scope `derogation`.
    """
    magasin = await lire_magasin(ctx, code)
    synchro = f"synchro_{sorte.liste}"
    fenetre = fenetre_de(ctx, corps, getattr(magasin, f"fenetre_{sorte.liste}"))
    elements = await to_thread.run_sync(lire, ctx, sorte.liste, getattr(corps, sorte.liste), sorte.schema)
    if not (magasin.actif and getattr(magasin, synchro)):
        desactiver(ctx, elements, synchro if magasin.actif else "actif")
        return bilan(elements)
    await pousser(ctx, elements, partial(traiter, ctx, sorte, magasin, fenetre), atomique=corps.atomique)
    if not corps.atomique:
        await cloturer(ctx)
    await noter(ctx, magasin, sorte.genre, fenetre, elements)
    return bilan(elements)
