"""The verbs of keys and of the journal."""

from datetime import datetime

from sqlmodel import col

from aurore_api.acces import requetes
from aurore_api.acces.schemas import CleCreee, CleEntree, CleSortie, EvenementSortie
from aurore_api.socle.cles import Cle, inserer_cle, nouveau_secret
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.journal import Evenement, consigner, ecrit
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_domain.erreurs import ValeurRefusee


class ExpirationPassee(ValeurRefusee):
    """A key that would expire before it exists."""

    code = "expiration_passee"


async def _lire(ctx: Contexte, identifiant: int) -> CleSortie:
    cle = await requetes.cle(ctx, identifiant)
    if cle is None:
        raise RessourceAbsente(ressource="cle", cle=identifiant)
    return CleSortie.model_validate(cle)


async def lire_cle(ctx: Contexte, identifiant: int) -> CleSortie:
    """One key of the société, without its secret."""
    cle = await _lire(ctx, identifiant)
    ctx.servir_version(_version(cle))
    return cle


def _version(cle: CleSortie) -> str:
    """A key changes once: when it is revoked."""
    return "1" if cle.revoquee_le is None else "2"


async def lister_cles(ctx: Contexte, page: Pagination) -> Page[CleSortie]:
    """The keys of the société."""
    lignes, suivant = await lire_page(ctx, requetes.cles_de(ctx), page, ([col(Cle.id)], False))
    return Page[CleSortie](data=[CleSortie.model_validate(une) for une in lignes], curseur_suivant=suivant)


async def creer_cle(ctx: Contexte, entree: CleEntree) -> CleCreee:
    """Make a key of the caller's société; its secret is in this answer and nowhere else (SEC-06)."""
    _verifier_expiration(ctx, entree.expire_le)
    secret = nouveau_secret()
    identifiant = await inserer_cle(
        await ctx.session.connection(),
        secret,
        societe=ctx.cle.societe,
        libelle=entree.libelle,
        portees=sorted(set(entree.portees)),
        creee_le=ctx.maintenant,
        expire_le=entree.expire_le,
    )
    cle = await _lire(ctx, identifiant)
    await consigner(ctx, "cle", str(identifiant), "creation", None, ecrit(cle))
    creee = CleCreee(**cle.model_dump(), secret=secret)
    ctx.corps_rejoue = creee.model_copy(update={"secret": None}).model_dump_json()
    return creee


def _verifier_expiration(ctx: Contexte, expire_le: datetime | None) -> None:
    if expire_le is not None and expire_le <= ctx.maintenant:
        raise ExpirationPassee(pointeur="#/expire_le")


async def revoquer_cle(ctx: Contexte, identifiant: int) -> None:
    """End a key now; it stays in the list, and its past in the journal."""
    avant = await _lire(ctx, identifiant)
    ctx.exiger_version(int(_version(avant)))
    await requetes.revoquer(ctx, identifiant)
    ctx.session.expire_all()
    await consigner(ctx, "cle", str(identifiant), "suppression", ecrit(avant), None)


async def lister_evenements(
    ctx: Contexte, page: Pagination, ressource: str | None, identifiant: str | None
) -> Page[EvenementSortie]:
    """The journal in the order it was written."""
    lignes, suivant = await lire_page(
        ctx, requetes.evenements(ressource, identifiant), page, ([col(Evenement.id)], False)
    )
    return Page[EvenementSortie](data=[EvenementSortie.model_validate(un) for un in lignes], curseur_suivant=suivant)
