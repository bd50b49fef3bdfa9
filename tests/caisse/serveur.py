"""A small server that keeps to the contract of a till's push, over real HTTP, and fails as it is told to.

It remembers what it did, so that a test sees what came twice or never. Shops are told apart by their code.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CLE = "aurore_essai_0123456789abcdef"
FENETRES = {"commandes": 2, "factures": 31}
ARTICLES = {"BAG", "ECL", "CRO", "TAR"}
Objet = dict[str, Any]
Reponse = tuple[int, Objet]
Faute = Callable[["Requete", Callable[[], Reponse]], None]
"""What happens to one request instead of its plain answer: given what would do it and answer."""


@dataclass
class Chose:
    """What the server has under a reference."""

    version: int
    contenu: Objet
    annulee: bool = False
    changements: int = 0

    @property
    def etat(self) -> Objet:
        """What an undisturbed day and a disturbed one must agree on: versions count from the first, ids are nothing."""
        return {nom: une for nom, une in self.contenu.items() if nom != "version"} | {"annulee": self.annulee}


@dataclass
class Magasin:
    """What one shop's till pushed."""

    choses: dict[tuple[str, str], Chose] = field(default_factory=dict)
    restes: dict[str, Any] = field(default_factory=dict)
    reponses: dict[str, tuple[str, Reponse]] = field(default_factory=dict)
    """Answers kept under their Idempotency-Key."""
    executions: int = 0
    recues: list[Objet] = field(default_factory=list)
    """Path, key and body of every push that came in."""

    @property
    def etat(self) -> Objet:
        """All there is, with how often each thing was changed: done twice is not the same as done once."""
        return {
            "restes": self.restes,
            **{f"{genre} {nom}": [une.etat, une.changements] for (genre, nom), une in sorted(self.choses.items())},
        }


@dataclass
class Faux:
    """The server, to be looked at and told what to do."""

    magasins: dict[str, Magasin] = field(default_factory=dict)
    fautes: list[Faute | None] = field(default_factory=list)
    """One per push to come; none when they are used up."""
    toujours: Faute | None = None
    memoire: bool = True
    """Whether Idempotency-Keys are remembered; without them versions alone must do (MAG-12)."""
    heure: float | None = None
    """Its clock, in seconds since 1970; the machine's otherwise."""
    articles: set[str] = field(default_factory=lambda: set(ARTICLES))
    coupees: set[str] = field(default_factory=set)
    """Kinds that are switched off by a parameter."""
    derogation: bool = True
    corps_max: int = 16_000_000
    rapprochement: Objet = field(default_factory=dict)
    """What it answers of any period."""
    verrou: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def magasin(self, code: str = "NAM") -> Magasin:
        """What a shop has here."""
        return self.magasins.setdefault(code, Magasin())

    def traiter(self, code: str, genre: str, cle: str | None, corps: bytes) -> Reponse:
        """Do a push once per key."""
        with self.verrou:
            magasin = self.magasin(code)
            empreinte = hashlib.sha256(corps).hexdigest()
            magasin.recues.append({"genre": genre, "cle": cle, "empreinte": empreinte, "corps": corps})
            if len(corps) > self.corps_max:
                return 413, probleme("corps_trop_grand")
            if self.memoire and cle in magasin.reponses:
                connue, reponse = magasin.reponses[cle]
                return reponse if connue == empreinte else (422, probleme("cle_idempotence_reutilisee"))
            reponse = self._faire(magasin, genre, json.loads(corps))
            if cle is not None and reponse[0] < 400:
                magasin.reponses[cle] = (empreinte, reponse)
                magasin.executions += 1
            return reponse

    def _faire(self, magasin: Magasin, genre: str, corps: Objet) -> Reponse:
        if genre == "restes":
            magasin.restes[corps["date"]] = corps["lignes"]
            return 200, corps
        if "fenetre_jours" in corps and not self.derogation:
            return 403, probleme("portee_insuffisante")
        resultats = [self._une(magasin, genre, une, corps) for une in corps[genre]]
        return 207, {"resultats": resultats, "resume": {}}

    def _une(self, magasin: Magasin, genre: str, une: Objet, corps: Objet) -> Objet:
        reference = une["numero"] if genre == "clients" else une["reference"]

        def issue(statut: str, code: str = "", nature: str = "erreurs") -> Objet:
            dits: Objet = {"erreurs": [], "avertissements": []} | (
                {nature: [{"code": code, "pointeur": "#/x", "detail": f"texte de {code}"}]} if code else {}
            )
            return {"reference": reference, "statut": statut, "document": f"id-{reference}"} | dits

        if genre in self.coupees:
            return issue("desactive", "desactive_par_parametre")
        connue = magasin.choses.get((genre, reference))
        if connue is None and genre in FENETRES:
            fin = date.fromisoformat(corps["date_fin"])
            debut = fin - timedelta(days=corps.get("fenetre_jours", FENETRES[genre]))
            if not debut <= date.fromisoformat(une["date"]) <= fin:
                return issue("hors_periode", "hors_periode")
        if any(ligne["article"] not in self.articles for ligne in une.get("lignes", [])):
            return issue("refuse", "article_inconnu")
        return issue(*self._ranger(magasin, (genre, reference), connue, une))

    @staticmethod
    def _ranger(magasin: Magasin, cle: tuple[str, str], connue: Chose | None, une: Objet) -> tuple[str, ...]:
        annulee = une.get("annulee", False)
        if connue is None:
            magasin.choses[cle] = Chose(une["version"], une, annulee)
            return ("annule",) if annulee else ("cree",)
        if une["version"] < connue.version:
            return "inchange", "version_anterieure", "avertissements"
        if une["version"] == connue.version:
            return ("inchange",) if une == connue.contenu else ("refuse", "version_incoherente")
        magasin.choses[cle] = Chose(une["version"], une, annulee, connue.changements + 1)
        return ("annule",) if annulee else ("mis_a_jour",)


def probleme(code: str, *erreurs: Objet) -> Objet:
    """An error as API-01 has it."""
    return {"code": code, "detail": f"texte de {code}", "requete_id": "r-1", "erreurs": list(erreurs)}


class Requete(BaseHTTPRequestHandler):
    """One request; `serveur` is the `Faux` it belongs to."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    serveur: Faux

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        """Nothing is printed."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The server's clock."""
        return formatdate(self.serveur.heure if timestamp is None else timestamp, usegmt=True)

    def do_GET(self) -> None:
        """The shop's parameters."""
        if self._connu():
            rapprochement = "/rapprochement?" in self.path
            self.repondre(200, self.serveur.rapprochement if rapprochement else {"fenetre_commandes": 2})

    def do_POST(self) -> None:
        """A push, or what is to go wrong with it."""
        corps = self.rfile.read(int(self.headers["content-length"]))
        if not self._connu():
            return
        code, genre = self.path.split("/")[3:5]
        with self.serveur.verrou:
            faute = self.serveur.fautes.pop(0) if self.serveur.fautes else self.serveur.toujours

        def faire() -> Reponse:
            return self.serveur.traiter(code, genre, self.headers["idempotency-key"], corps)

        if faute is None:
            self.repondre(*faire())
        else:
            faute(self, faire)

    def _connu(self) -> bool:
        if self.headers["authorization"] == f"Bearer {CLE}":
            return True
        self.repondre(401, probleme("cle_refusee"))
        return False

    def repondre(self, statut: int, corps: Objet | str, **en_tetes: str) -> None:
        """Answer JSON, or a page."""
        octets = corps.encode() if isinstance(corps, str) else json.dumps(corps).encode()
        self.send_response(statut)
        media = "text/html" if isinstance(corps, str) else "application/json"
        for nom, une in {"content-type": media, "content-length": str(len(octets)), **en_tetes}.items():
            self.send_header(nom.replace("_", "-"), une)
        self.end_headers()
        self.wfile.write(octets)

    def couper(self) -> None:
        """Hang up."""
        self.close_connection = True
        self.connection.close()


class _Serveur(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no fault of the server."""


@contextmanager
def faux_serveur() -> Iterator[Faux]:
    """A server for the length of the block."""
    faux = Faux()
    http = _Serveur(("127.0.0.1", 0), type("RequeteDuFaux", (Requete,), {"serveur": faux}))
    fil = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    fil.start()
    faux.url = f"http://127.0.0.1:{http.server_address[1]}"
    try:
        yield faux
    finally:
        http.shutdown()
        http.server_close()
        fil.join()
