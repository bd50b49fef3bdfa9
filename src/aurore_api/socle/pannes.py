"""What the database's own refusals mean to whoever asked: a broken rule, a conflict that a retry solves, an outage."""

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as AttenteEpuisee

from aurore_api.socle.erreurs import BaseIndisponible, ConflitSimultane
from aurore_api.socle.integrite import traduire
from aurore_domain.erreurs import ErreurAurore

PANNES = (DBAPIError, AttenteEpuisee, OSError)
"""What is raised when the database refuses or is not there."""
_INTERBLOCAGES = ("40001", "40P01", "55P03")
_HORS_SERVICE = ("08", "53", "57P")
"""Classes of SQLSTATE that speak of the server, not of the request: no connection, no room, starting or stopping."""


def refus_de_la_base(erreur: Exception) -> ErreurAurore | None:
    """The refusal that an error of the database stands for; None where it is a fault of ours."""
    if isinstance(erreur, IntegrityError):
        return traduire(erreur)
    if isinstance(erreur, (InterfaceError, OperationalError, AttenteEpuisee, OSError)):
        return _panne(erreur)
    if isinstance(erreur, DBAPIError) and (
        erreur.connection_invalidated or _etat(erreur).startswith((*_INTERBLOCAGES, *_HORS_SERVICE))
    ):
        return _panne(erreur)
    return None


def _panne(erreur: Exception) -> BaseIndisponible | ConflitSimultane:
    return ConflitSimultane() if _etat(erreur) in _INTERBLOCAGES else BaseIndisponible()


def _etat(erreur: Exception) -> str:
    """The SQLSTATE that the database gave, if it gave one."""
    return getattr(getattr(erreur, "orig", None), "sqlstate", None) or ""
