"""One request to the server, and what its answer means for the batch: noted, tried again, cut, given up, or stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from aurore_magasin.erreurs import ErreurCaisse
from aurore_magasin.lots import Issue, Lot

CONNEXION_MAX = 10.0
"""Seconds to reach the server."""
ATTENTE_DEMANDEE_MAX = 600.0
"""Seconds that a server can make us wait (`Retry-After`)."""
_A_REESSAYER = frozenset({408, 409, 425, 429})
_REFUS_DU_LOT = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})


class Panne(Exception):
    """No answer to be sure of: the same request is to be sent again."""

    def __init__(self, raison: str, attente: float = 0.0) -> None:
        super().__init__(raison)
        self.raison, self.attente = raison, attente


class TropGrand(Exception):
    """The batch is too large for the server or a proxy: cut it."""


class CleReutilisee(Exception):
    """Our Idempotency-Key came with another request (API-05): give the batch another."""


class LotRefuse(Exception):
    """The batch is refused whole for some of its items, by rank; nothing of it was taken."""

    def __init__(self, refuses: Mapping[int, Issue]) -> None:
        super().__init__()
        self.refuses = refuses


class Arret(ErreurCaisse):
    """The server answers, but not as long as something is not mended; nothing of the batch was taken."""


@dataclass(frozen=True, slots=True)
class Poste:
    """The server as a shop sees it. Redirects are not followed: the key would go along."""

    client: httpx.Client
    magasin: str

    def heure(self) -> datetime:
        """The server's time, told with the shop's parameters; our own where its answer has none.

        Raises:
            Panne, Arret: there is no good answer.
        """
        reponse = self._demander("GET", "parametres")
        if reponse.status_code != HTTPStatus.OK or _json(reponse) is None:
            raise _faute(reponse)
        try:
            dite = parsedate_to_datetime(reponse.headers["date"])
        except (KeyError, ValueError):
            return datetime.now(UTC)
        return dite if dite.tzinfo else dite.replace(tzinfo=UTC)

    def pousser(self, lot: Lot) -> list[Issue]:
        """Send a batch and read the outcome of each of its items.

        Raises:
            Panne, TropGrand, CleReutilisee, LotRefuse, Arret: there is none; the class says what to do.
        """
        en_tetes = {"content-type": "application/json", "idempotency-key": lot.cle}
        reponse = self._demander("POST", lot.genre.nom, content=lot.corps, headers=en_tetes)
        if not reponse.is_success:
            raise _faute(reponse, lot)
        return _issues(reponse, lot)

    def lire(self, ressource: str, parametres: Mapping[str, str]) -> Any:
        """What a resource of the shop answers. Raises `Panne`, `Arret`."""
        reponse = self._demander("GET", ressource, params=dict(parametres))
        if reponse.status_code != HTTPStatus.OK or (lu := _json(reponse)) is None:
            raise _faute(reponse)
        return lu

    def _demander(self, methode: str, ressource: str, **quoi: Any) -> httpx.Response:
        chemin = f"/v1/magasins/{quote(self.magasin, safe='')}/{ressource}"
        try:
            return self.client.request(methode, chemin, **quoi)
        except httpx.TransportError as erreur:
            raise Panne(_raison(erreur)) from None
        except httpx.DecodingError:
            raise Panne("la réponse est illisible") from None


def poste(url: str, cle: str, magasin: str, delai: float) -> Poste:
    """How to reach the server with this key; to be closed with its client."""
    en_tetes = {"authorization": f"Bearer {cle}", "accept": "application/json", "accept-language": "fr"}
    delais = httpx.Timeout(delai, connect=min(delai, CONNEXION_MAX))
    return Poste(httpx.Client(base_url=url, headers=en_tetes, timeout=delais), magasin)


def _raison(erreur: httpx.TransportError) -> str:
    if isinstance(erreur, httpx.ConnectTimeout | httpx.ConnectError | httpx.ProxyError):
        return "le serveur est injoignable (réseau coupé, serveur arrêté ou adresse fausse)"
    if isinstance(erreur, httpx.TimeoutException):
        return "le serveur n'a pas répondu à temps"
    return "la connexion a été coupée avant la fin de la réponse"


def _json(reponse: httpx.Response) -> Any:
    """The body if it is JSON, None if it is anything else, such as the page of a proxy."""
    media = reponse.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and not media.endswith("+json"):
        return None
    try:
        return reponse.json()
    except ValueError:  # cut short, or not what it says it is
        return None


def _issues(reponse: httpx.Response, lot: Lot) -> list[Issue]:
    """One outcome per item, in the order sent (MAG-11); anything else is no answer."""
    lu = _json(reponse)
    if lot.genre.par_lot == 1 and isinstance(lu, dict):
        return [Issue("inchange" if lu.get("statut") == "inchange" else "cree", lu.get("document"))]
    resultats = lu.get("resultats") if isinstance(lu, dict) else None
    if not isinstance(resultats, list) or len(resultats) != len(lot.envois):
        raise Panne("la réponse n'est pas celle d'Aurore Commande (un proxy ou un portail répond à sa place ?)")
    return [_issue(resultat, envoi.reference) for resultat, envoi in zip(resultats, lot.envois, strict=True)]


def _issue(resultat: Any, reference: str) -> Issue:
    if (
        not isinstance(resultat, dict)
        or not isinstance(statut := resultat.get("statut"), str)
        or resultat.get("reference") not in {None, reference}
    ):
        raise Panne("la réponse ne parle pas de ce qui a été envoyé")
    remarques = [
        une for nom in ("erreurs", "avertissements") for une in resultat.get(nom) or [] if isinstance(une, dict)
    ]
    return Issue(statut, resultat.get("document") or resultat.get("client"), remarques)


def _faute(reponse: httpx.Response, lot: Lot | None = None) -> Exception:
    """What an answer that is no success means."""
    probleme = _json(reponse)
    probleme = probleme if isinstance(probleme, dict) else {}
    if reponse.is_success:
        return Panne("la réponse n'est pas celle d'Aurore Commande (un proxy ou un portail répond à sa place ?)")
    if lot and reponse.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return TropGrand()
    if reponse.status_code in _A_REESSAYER or reponse.is_server_error:
        return Panne(_panne(reponse, probleme), _attente(reponse))
    if probleme.get("code") == "cle_idempotence_reutilisee":
        return CleReutilisee()
    if lot and reponse.status_code in _REFUS_DU_LOT and (refuses := _refuses(probleme, lot)):
        return LotRefuse(refuses)
    return Arret(_arret(reponse, probleme))


def _panne(reponse: httpx.Response, probleme: Mapping[str, Any]) -> str:
    if reponse.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return "le serveur demande d'attendre (trop de requêtes)"
    if probleme.get("code") == "requete_en_cours":
        return "le serveur traite encore le même envoi"
    if probleme.get("detail"):
        return f"le serveur répond {reponse.status_code} : {probleme['detail']}"
    return f"le serveur ou un proxy répond {reponse.status_code}"


def _arret(reponse: httpx.Response, probleme: Mapping[str, Any]) -> str:
    """What to mend, then what the server said of it."""
    statut = reponse.status_code
    if reponse.is_redirect:
        quoi = "L'adresse renvoie ailleurs ; écrivez dans « url » l'adresse finale (https:// peut-être)"
    elif statut == HTTPStatus.UNAUTHORIZED:
        quoi = "La clé n'est pas acceptée (fausse, expirée ou révoquée) ; demandez-en une au bureau"
    elif statut == HTTPStatus.FORBIDDEN:
        quoi = "La clé n'a pas ce droit : celle d'un autre magasin, ou sans « derogation » pour --fenetre"
    elif statut == HTTPStatus.NOT_FOUND:
        quoi = "Le magasin n'existe pas sur ce serveur, ou l'adresse n'est pas celle d'Aurore Commande"
    elif statut == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        quoi = "Le proxy du réseau demande un mot de passe"
    else:
        quoi = f"Le serveur refuse l'envoi (statut {statut})"
    dits = [str(probleme["detail"])] if probleme.get("detail") else []
    dits += [f"{une.get('pointeur')} : {une.get('detail')}" for une in _erreurs(probleme)[:3]]
    if probleme.get("requete_id"):
        dits.append(f"requête {probleme['requete_id']}")
    return f"{quoi}. Rien n'est perdu." + (f" Le serveur dit : {' ; '.join(dits)}" if dits else "")


def _erreurs(probleme: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    erreurs = probleme.get("erreurs")
    return [une for une in erreurs if isinstance(une, dict)] if isinstance(erreurs, list) else []


def _refuses(probleme: Mapping[str, Any], lot: Lot) -> dict[int, Issue]:
    """The items that the errors point to (`#/commandes/17/lignes/0/quantite`), if all of them point to some."""
    if lot.genre.par_lot == 1:
        return {0: Issue("refuse", None, _erreurs(probleme) or [probleme])}
    par_rang: dict[int, list[Mapping[str, Any]]] = {}
    for une in _erreurs(probleme):
        racine, _, reste = str(une.get("pointeur", "")).removeprefix("#/").partition("/")
        rang = reste.partition("/")[0]
        if racine != lot.genre.nom or not rang.isdecimal() or int(rang) >= len(lot.envois):
            return {}
        par_rang.setdefault(int(rang), []).append(une)
    return {rang: Issue("refuse", None, erreurs) for rang, erreurs in par_rang.items()}


def _attente(reponse: httpx.Response) -> float:
    """Seconds that `Retry-After` asks for, as a number or as an instant."""
    demande = reponse.headers.get("retry-after", "").strip()
    if demande.isdecimal():
        return min(float(demande), ATTENTE_DEMANDEE_MAX)
    try:
        duree = parsedate_to_datetime(demande) - datetime.now(UTC)
    except (TypeError, ValueError):
        return 0.0
    return min(max(duree / timedelta(seconds=1), 0.0), ATTENTE_DEMANDEE_MAX)
