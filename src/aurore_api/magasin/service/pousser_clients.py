"""Clients of a till pushed alone, and whom the office says they are (MAG-16)."""

from collections.abc import Sequence
from functools import partial

from anyio import to_thread
from sqlmodel import col

from aurore_api.clients import service as clients
from aurore_api.documents.erreurs import ClientInconnu
from aurore_api.magasin import requetes
from aurore_api.magasin.clients import RESSOURCE, ClientMagasinSortie, FiltreClientsMagasin, LienEntree
from aurore_api.magasin.poussees import BilanPoussee, ClientPousse, ClientsPousses, ResultatPoussee
from aurore_api.magasin.service.clients import Resolus, resoudre
from aurore_api.magasin.service.elements import Element, avertir, erreurs_de, lire, resultat
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.service.periode import desactiver
from aurore_api.magasin.service.pousser import bilan, pousser
from aurore_api.magasin.tables import ClientMagasin, Magasin
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.socle.verrous import seul
from aurore_domain.erreurs import ErreurAurore


async def pousser_clients(ctx: Contexte, code: str, corps: ClientsPousses) -> BilanPoussee:
    """Make the clients that are new, let the others be delivered as the till says; what became of each.

    Raises:
        RessourceAbsente: there is no such shop.
    """
    magasin = await lire_magasin(ctx, code)
    elements = await to_thread.run_sync(partial(lire, ctx, "clients", corps.clients, ClientPousse, cle="numero"))
    if magasin.actif and magasin.synchro_clients:
        await pousser(ctx, elements, partial(_traiter, ctx, magasin), atomique=False)
    else:
        desactiver(ctx, elements, "synchro_clients" if magasin.actif else "actif")
    return bilan(elements)


async def _traiter(ctx: Contexte, magasin: Magasin, elements: Sequence[Element[ClientPousse]]) -> list[ResultatPoussee]:
    await seul(ctx, f"magasin:{magasin.code}")
    pousses = [un.pousse for un in elements if un.pousse is not None]
    avant = {
        numero: un.version for numero, un in (await requetes.clients(ctx, magasin.code, _numeros(pousses))).items()
    }
    resolus = await resoudre(ctx, magasin, pousses)
    return [_resultat(ctx, un, resolus, avant.get(un.cle or "", 0)) for un in elements]


def _numeros(pousses: Sequence[ClientPousse]) -> set[str]:
    return {un.numero for un in pousses}


def _resultat(ctx: Contexte, element: Element[ClientPousse], resolus: Resolus, version: int) -> ResultatPoussee:
    numero, pousse = element.cle, element.pousse
    if numero is None or pousse is None:
        raise TypeError(element)
    try:
        client = resolus.client(numero)
    except ErreurAurore as erreur:
        erreur.pointeur = (erreur.pointeur or "#").replace("#/client", "#")
        return resultat(element, "refuse", erreurs=erreurs_de(ctx, element.racine, erreur))
    dits = []
    if pousse.version is not None and pousse.version < version:
        dits.append(avertir(ctx, f"{element.racine}/version", "version_anterieure", version=pousse.version))
    if numero in resolus.ignores:
        dits.append(avertir(ctx, element.racine, "champs_ignores", champs=resolus.ignores[numero]))
    if numero in resolus.crees:
        return resultat(element, "cree", client=client, avertissements=dits)
    statut = "mis_a_jour" if numero in resolus.changes else "inchange"
    return resultat(element, statut, client=client, avertissements=dits)  # type: ignore[arg-type]  # one of the two


def _servi(ligne: ClientMagasin) -> ClientMagasinSortie:
    return ClientMagasinSortie.model_validate(ligne)


async def lister(ctx: Contexte, code: str, filtre: FiltreClientsMagasin) -> Page[ClientMagasinSortie]:
    """A page of who a till's clients are here, by the till's number."""
    await lire_magasin(ctx, code)
    requete = requetes.liste_des_clients(code, filtre.client)
    lignes, suivant = await lire_page(ctx, requete, filtre, ([col(ClientMagasin.numero)], False))
    return Page[ClientMagasinSortie](data=[_servi(une) for une in lignes], curseur_suivant=suivant)


async def lier(ctx: Contexte, code: str, numero: str, entree: LienEntree) -> ClientMagasinSortie:
    """Say who a till's client is here; its orders are of that client from then on.

    Raises:
        ClientInconnu: there is no such client.
    """
    await lire_magasin(ctx, code)
    await seul(ctx, f"magasin:{code}")
    if await clients.pour_document(ctx, entree.client, retenir=True) is None:
        raise ClientInconnu(pointeur="#/client", client=entree.client)
    ligne = await ctx.session.get(ClientMagasin, (code, numero), with_for_update=True)
    if ligne is not None and ligne.client == entree.client:
        return _servi(ligne)
    avant = None if ligne is None else ecrit(_servi(ligne))
    if ligne is None:
        ligne = ClientMagasin(magasin=code, numero=numero, client=entree.client)
        ctx.session.add(ligne)
    else:
        # What the till said was of another record: its next word is the first of this one.
        ligne.client, ligne.version, ligne.empreinte, ligne.adresse = entree.client, 0, None, None
    await ctx.session.flush()
    action = "creation" if avant is None else "modification"
    await consigner(ctx, RESSOURCE, f"{code}/{numero}", action, avant, ecrit(_servi(ligne)))  # type: ignore[arg-type]  # one of the two
    return _servi(ligne)
