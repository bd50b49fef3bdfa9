"""What went wrong in a job, as it is kept and served: the texts are in the language of who asked."""

import logging

from pydantic import Field

from aurore_api.socle.erreurs import BaseIndisponible
from aurore_api.socle.pannes import refus_de_la_base
from aurore_api.socle.textes import detail, titre
from aurore_api.socle.types import Sortie
from aurore_domain.erreurs import ErreurAurore, ErreursMultiples

journal = logging.getLogger("aurore.travaux")


class ChampDeTravail(Sortie):
    """One field that is wrong."""

    pointeur: str
    code: str
    detail: str


class ProblemeDeTravail(Sortie):
    """Why a job or one of its items failed, with a stable `code`."""

    code: str
    titre: str
    detail: str
    erreurs: list[ChampDeTravail] = Field(default_factory=list)


def probleme_de(erreur: Exception, langue: str, ou: str) -> ProblemeDeTravail:
    """A refusal as it is told of a job; a fault of ours is logged and told without its cause.

    Raises:
        Exception: the error itself, where the database is away: that is no refusal, and the job goes on later.
    """
    refus = erreur if isinstance(erreur, ErreurAurore) else refus_de_la_base(erreur)
    if isinstance(refus, BaseIndisponible):
        raise erreur
    if refus is None:
        journal.error("travail %s", ou, exc_info=erreur)
        return probleme_nomme("erreur_interne", langue)
    feuilles = refus.erreurs if isinstance(refus, ErreursMultiples) else (refus,)
    return ProblemeDeTravail(
        code=refus.code,
        titre=titre(refus.code, langue),
        detail=detail(refus.code, langue, dict(refus.valeurs)),
        erreurs=[
            ChampDeTravail(pointeur=une.pointeur, code=une.code, detail=detail(une.code, langue, dict(une.valeurs)))
            for une in feuilles
            if une.pointeur is not None
        ],
    )


def probleme_nomme(code: str, langue: str) -> ProblemeDeTravail:
    """A problem that has a code and nothing more to say."""
    return ProblemeDeTravail(code=code, titre=titre(code, langue), detail=detail(code, langue, {}))
