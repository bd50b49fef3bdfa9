"""Asking for a job, reading it, cancelling it."""

from uuid import UUID

from sqlmodel import col

from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import PorteeInsuffisante, RessourceAbsente
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.socle.portees import suffit
from aurore_api.socle.travaux import creation
from aurore_api.socle.travaux.evenements import TravailConsigne, consigner_travail
from aurore_api.socle.travaux.genres import Genre, Objet, P
from aurore_api.socle.travaux.problemes import ProblemeDeTravail
from aurore_api.socle.travaux.tables import FINIS, EtapeTravail, EtatTravail, Travail
from aurore_api.travaux import requetes
from aurore_api.travaux.schemas import (
    ETAPES_DITES,
    EtapeSortie,
    FiltreTravaux,
    Progression,
    TravailResume,
    TravailSortie,
)
from aurore_domain.erreurs import Conflit


class TravailFini(Conflit):
    """API-08: a job that is over cannot be cancelled."""

    code = "travail_fini"


async def demander(ctx: Contexte, genre: Genre[P], parametres: P, portee: str) -> TravailSortie:
    """Store a job for the workers; `portee` is the scope of the operation that asks."""
    travail = await creation.creer(ctx, genre, parametres, portee)
    return await _servir(ctx, travail)


async def simuler(ctx: Contexte, genre: Genre[P], parametres: P) -> Objet | None:
    """What a job would answer; the request keeps nothing of it."""
    return await creation.simuler(ctx, genre, parametres)


async def lire(ctx: Contexte, identifiant: UUID) -> TravailSortie:
    """A job.

    Raises:
        RessourceAbsente: there is none that this key may see.
    """
    return await _servir(ctx, await _charger(ctx, identifiant))


async def lister(ctx: Contexte, filtre: FiltreTravaux) -> Page[TravailResume]:
    """Jobs, the youngest first."""
    ordre: tuple[list[Colonne], bool] = ([col(Travail.id)], True)
    rangs, suivant = await lire_page(ctx, requetes.liste(ctx.cle.portees, filtre), filtre, ordre)
    return Page[TravailResume].model_construct(data=[_resume(un) for un in rangs], curseur_suivant=suivant)


async def lister_resultats(ctx: Contexte, identifiant: UUID, pagination: Pagination) -> Page[EtapeSortie]:
    """Every item of a job, in order."""
    await _charger(ctx, identifiant)
    ordre: tuple[list[Colonne], bool] = ([col(EtapeTravail.rang)], False)
    rangs, suivant = await lire_page(ctx, requetes.resultats(identifiant), pagination, ordre)
    return Page[EtapeSortie].model_construct(data=[_etape(un) for un in rangs], curseur_suivant=suivant)


async def lire_piece(ctx: Contexte, identifiant: UUID, nom: str) -> bytes | None:
    """A PDF that a job made; None where the caller's ETag is still good: it never changes.

    Raises:
        RessourceAbsente: there is none that this key may see.
    """
    await _charger(ctx, identifiant)
    ctx.servir_version(f"{identifiant}-{nom}")
    contenu = await requetes.piece(ctx, identifiant, nom)
    if contenu is None:
        raise RessourceAbsente(ressource="travail", cle=f"{identifiant} / {nom}")
    return None if ctx.est_connue() else contenu


async def annuler(ctx: Contexte, identifiant: UUID) -> TravailSortie:
    """Ask a job to stop: at once if nobody began it, after its current item otherwise; what is done stays done.

    Raises:
        RessourceAbsente: there is none that this key may see.
        PorteeInsuffisante: the key could not have asked for it.
        TravailFini: it is over.
    """
    travail = await _charger(ctx, identifiant, verrou=True)
    if not suffit(ctx.cle.portees, travail.portee):
        raise PorteeInsuffisante(portee=travail.portee)
    if travail.annulation_demandee:
        return await _servir(ctx, travail)
    if travail.etat in FINIS:
        raise TravailFini(etat=travail.etat)
    avant = TravailConsigne.model_validate(travail)
    travail.annulation_demandee = True
    if travail.etat is EtatTravail.EN_ATTENTE:
        travail.etat, travail.fini_le = EtatTravail.ANNULE, ctx.maintenant
    travail.version += 1
    await ctx.session.flush()
    await consigner_travail(ctx, "annulation", avant, travail)
    return await _servir(ctx, travail)


async def _charger(ctx: Contexte, identifiant: UUID, *, verrou: bool = False) -> Travail:
    travail = await requetes.lire(ctx, identifiant, verrou=verrou)
    if travail is None:
        raise RessourceAbsente(ressource="travail", cle=str(identifiant))
    return travail


async def _servir(ctx: Contexte, travail: Travail) -> TravailSortie:
    ctx.servir_version(travail.version)
    etapes = await requetes.etapes(ctx, travail.id, ETAPES_DITES) if travail.total else ()
    return TravailSortie.model_construct(
        **dict(_resume(travail)),
        etapes=[_etape(une) for une in etapes],
        resultat=travail.resultat,
        probleme=_probleme(travail.probleme),
    )


def _resume(travail: Travail) -> TravailResume:
    copies = ("id", "genre", "etat", "parametres", "annulation_demandee", "cle", "version")
    instants = ("cree_le", "commence_le", "fini_le")
    return TravailResume.model_construct(
        **{nom: getattr(travail, nom) for nom in (*copies, *instants)},
        progression=Progression.model_construct(total=travail.total, faites=travail.faites, echecs=travail.echecs),
    )


def _etape(etape: EtapeTravail) -> EtapeSortie:
    return EtapeSortie.model_construct(
        rang=etape.rang,
        nom=etape.nom,
        etat=etape.etat,
        fini_le=etape.fini_le,
        resultat=etape.resultat,
        probleme=_probleme(etape.probleme),
    )


def _probleme(ecrit: dict[str, object] | None) -> ProblemeDeTravail | None:
    return None if ecrit is None else ProblemeDeTravail.model_validate(ecrit)
