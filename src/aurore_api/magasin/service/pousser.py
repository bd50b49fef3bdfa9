"""A push, some items at a time, each part of it committed: one bad item stops no other (MAG-11, API-07).

What the answer says is what is stored. A part that meets another transaction is tried again, in the end item by item.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from aurore_api.erreurs import ErreurDeChamp
from aurore_api.magasin.poussees import BilanPoussee, ResultatPoussee
from aurore_api.magasin.service.elements import Element, copier_resultat, erreurs_de, refuser
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane
from aurore_api.socle.idempotence import en_plusieurs_fois
from aurore_api.socle.integrite import traduire
from aurore_api.socle.textes import detail
from aurore_api.socle.types import Entree
from aurore_domain.erreurs import ErreurAurore

P = TypeVar("P", bound=Entree)
Traiter: TypeAlias = Callable[[Sequence[Element[P]]], Awaitable[Sequence[ResultatPoussee]]]
"""Handles items of different keys in one transaction, and tells what became of each; raises, and nothing is kept."""

PAR_BLOC = 250
ESSAIS = 4
_A_REFAIRE = ("40001", "40P01", "55P03")


async def pousser(ctx: Contexte, elements: Sequence[Element[P]], traiter: Traiter[P], *, atomique: bool) -> None:
    """Settle every item that is not settled yet; commits as it goes, or all at once with `atomique`."""
    if atomique:
        await _d_un_bloc(ctx, elements, traiter)
        return
    async with en_plusieurs_fois(ctx):
        while restants := [un for un in elements if un.resultat is None]:
            bloc = _prochain(restants)
            await _traiter(ctx, bloc, traiter, ESSAIS)
            _repondre_aux_copies(bloc, elements)


def _prochain(restants: Sequence[Element[P]]) -> list[Element[P]]:
    """The next items, each key once: what comes again, or speaks of the same order, is looked at after what came first.

    What could not be read speaks of nothing.
    """
    bloc: list[Element[P]] = []
    nommes: set[str] = set()
    for un in restants:
        noms = un.noms
        if nommes.isdisjoint(noms):
            bloc.append(un)
        nommes |= noms
        if len(bloc) == PAR_BLOC:
            break
    return bloc


async def _traiter(ctx: Contexte, bloc: Sequence[Element[P]], traiter: Traiter[P], essais: int) -> None:
    try:
        resultats = await traiter(bloc)
        await ctx.session.commit()
    except (DBAPIError, ErreurAurore) as erreur:
        await ctx.session.rollback()
        ctx.a_change = False
        refus = _refus(erreur)
        if essais > _essais_gardes(erreur, refus):
            await _traiter(ctx, bloc, traiter, essais - 1)
        elif len(bloc) > 1:
            milieu = len(bloc) // 2
            await _traiter(ctx, bloc[:milieu], traiter, ESSAIS)
            await _traiter(ctx, bloc[milieu:], traiter, ESSAIS)
        else:
            refuser(bloc[0], erreurs_de(ctx, bloc[0].racine, refus))
        return
    ctx.a_change = False  # committed: nothing that `Memoire` keeps was changed by it
    for un, resultat in zip(bloc, resultats, strict=True):
        un.resultat = resultat


def _essais_gardes(erreur: Exception, refus: ErreurAurore) -> int:
    """Down to how many tries it is worth trying again as it is."""
    if isinstance(refus, ConflitSimultane):
        return 1
    # What another transaction took meanwhile is seen the second time; what is wrong stays wrong.
    return ESSAIS - 1 if isinstance(erreur, IntegrityError) else ESSAIS


def _refus(erreur: DBAPIError | ErreurAurore) -> ErreurAurore:
    """What an error means for the items; one that speaks of the server is raised again."""
    if isinstance(erreur, ErreurAurore):
        return erreur
    if isinstance(erreur, IntegrityError):
        return traduire(erreur)
    if getattr(erreur.orig, "sqlstate", None) in _A_REFAIRE:
        return ConflitSimultane()
    raise erreur


def _repondre_aux_copies(bloc: Sequence[Element[P]], elements: Sequence[Element[P]]) -> None:
    """Answer the copies of items that were just settled: they are the same, and change nothing."""
    faits = {un.cle: un for un in bloc if un.cle is not None}
    for un in elements:
        modele = faits.get(un.cle) if un.cle is not None else None
        if un.resultat is None and modele is not None and modele.resultat is not None and _identiques(un, modele):
            copie = copier_resultat(modele.resultat, modele.racine, un.racine)
            fait = copie.statut in {"cree", "mis_a_jour", "annule"}
            un.resultat = copie.model_copy(update={"statut": "inchange", "avertissements": []}) if fait else copie


def _identiques(un: Element[P], autre: Element[P]) -> bool:
    """Whether two items say the same, how they were paid included."""
    dits = [[getattr(le.pousse, nom, None) for nom in ("version", "paiements")] for le in (un, autre)]
    return un.empreinte == autre.empreinte and dits[0] == dits[1]


async def _d_un_bloc(ctx: Contexte, elements: Sequence[Element[P]], traiter: Traiter[P]) -> None:
    """All or nothing (API-07): when one is not taken, the others are told that they were left."""
    restants = [un for un in elements if un.resultat is None]
    vus = Counter(nom for un in restants for nom in un.noms)
    for un in restants:
        if any(vus[nom] > 1 for nom in un.noms):
            refuser(un, [_erreur(ctx, un, "repetee_dans_le_lot")])
    restants = [un for un in restants if un.resultat is None]
    for un, resultat in zip(restants, await traiter(restants) if restants else (), strict=True):
        un.resultat = resultat
    if any(un.resultat is None or un.resultat.statut in {"refuse", "conflit"} for un in elements):
        await ctx.session.rollback()
        for un in elements:
            if un.resultat is None or un.resultat.statut != "refuse":
                refuser(un, [_erreur(ctx, un, "lot_non_pris")])


def _erreur(ctx: Contexte, element: Element[P], code: str) -> ErreurDeChamp:
    return ErreurDeChamp(pointeur=element.racine, code=code, detail=detail(code, ctx.langue, {}))


def bilan(elements: Sequence[Element[P]]) -> BilanPoussee:
    """The answer, once all items are settled."""
    resultats = [un.resultat for un in elements if un.resultat is not None]
    return BilanPoussee(resultats=resultats, resume=dict(Counter(un.statut for un in resultats)))
