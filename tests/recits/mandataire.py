"""A proxy that loses, delays, doubles and reorders what goes through it, by a chance that can be repeated."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx

MALHEURS = ("perdre", "perdre_la_reponse", "retenir", "doubler", "intervertir", "rejouer_sans_cle", "page")
"""What can become of a push; `intervertir` lets it arrive after what is sent later."""
EN_TETES = ("authorization", "content-type", "idempotency-key", "accept", "accept-language")
PAGE = b"<html><body>502 Bad Gateway</body></html>"
VERSIONNEES = ("commandes", "factures", "clients")
"""What versions protect even where the key is lost on the way (MAG-12)."""
Envoi = tuple[str, str, dict[str, str], bytes]


@dataclass
class Mandataire:
    """The proxy before one API."""

    amont: str
    hasard: random.Random
    part: float = 0.5
    """How much of what goes through meets a mishap."""
    au_passage: Callable[[int], None] = lambda _rang: None
    """Told of each push, by its rank, just before it goes on."""
    passes: int = 0
    vus: dict[str, int] = field(default_factory=dict)
    """How often each mishap came."""
    attardes: list[Envoi] = field(default_factory=list)
    """What arrives later."""
    verrou: threading.Lock = field(default_factory=threading.Lock)
    adresse: str = ""

    def tirer(self, methode: str) -> str:
        """What becomes of the next request."""
        with self.verrou:
            choix = self.hasard.choice(MALHEURS) if self.hasard.random() < self.part else "passer"
            if methode != "POST" and choix not in {"perdre", "perdre_la_reponse", "page"}:
                choix = "passer"
            self.vus[choix] = self.vus.get(choix, 0) + 1
            return choix

    def transmettre(self, envoi: Envoi) -> httpx.Response | None:
        """Send it on; None when the API hangs up or is not there."""
        methode, chemin, en_tetes, corps = envoi
        if methode == "POST":
            with self.verrou:
                self.passes += 1
                rang = self.passes
            self.au_passage(rang)
        try:
            with httpx.Client(base_url=self.amont, timeout=60, trust_env=False, verify=False) as client:
                return client.request(methode, chemin, headers=en_tetes, content=corps)
        except httpx.TransportError:
            return None

    def livrer_les_attardes(self, sauf: int = 0) -> None:
        """Let arrive what was held back, but for the last so many: in an order of chance."""
        with self.verrou:
            prets = self.attardes[: len(self.attardes) - sauf]
            del self.attardes[: len(prets)]
            self.hasard.shuffle(prets)
        for un in prets:
            self.transmettre(un)


class _Passage(BaseHTTPRequestHandler):
    """One request on its way."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    mandataire: Mandataire

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        """Nothing is printed."""

    def _traiter(self) -> None:
        corps = self.rfile.read(int(self.headers["content-length"] or 0))
        en_tetes = {nom: self.headers[nom] for nom in EN_TETES if self.headers[nom]}
        envoi = (self.command, self.path, en_tetes, corps)
        malheur = self.mandataire.tirer(self.command)
        if malheur == "perdre":
            return self._raccrocher()
        if malheur in {"retenir", "intervertir"}:
            self.mandataire.attardes.append(envoi)
            if malheur == "retenir":  # late, and the till has given up waiting
                self.mandataire.livrer_les_attardes()
            return self._raccrocher()
        if malheur == "doubler":
            double = threading.Thread(target=self.mandataire.transmettre, args=(envoi,))
            double.start()
            reponse = self.mandataire.transmettre(envoi)
            double.join()
        else:
            reponse = self.mandataire.transmettre(envoi)
        if malheur == "rejouer_sans_cle" and urlsplit(self.path).path.endswith(VERSIONNEES):
            sans_cle = {nom: un for nom, un in en_tetes.items() if nom != "idempotency-key"}
            self.mandataire.attardes.append((self.command, self.path, sans_cle, corps))
        self.mandataire.livrer_les_attardes(sauf=2)
        if reponse is None or malheur == "perdre_la_reponse":
            return self._raccrocher()
        if malheur == "page":
            return self._repondre(502, "text/html", PAGE)
        return self._repondre(reponse.status_code, reponse.headers.get("content-type", ""), reponse.content)

    def do_GET(self) -> None:
        """What the till reads."""
        self._traiter()

    def do_POST(self) -> None:
        """What it pushes."""
        self._traiter()

    def _repondre(self, statut: int, media: str, corps: bytes) -> None:
        self.send_response(statut)
        self.send_header("content-type", media)
        self.send_header("content-length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def _raccrocher(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.close()


class _Serveur(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A till that was killed is no fault of the proxy."""


@contextmanager
def mandataire(amont: str, graine: int) -> Iterator[Mandataire]:
    """A proxy for the length of the block; all that it held back has arrived at its end."""
    un = Mandataire(amont, random.Random(graine))
    http = _Serveur(("127.0.0.1", 0), type("PassageDuMandataire", (_Passage,), {"mandataire": un}))
    un.adresse = f"http://127.0.0.1:{http.server_address[1]}"
    fil = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    fil.start()
    try:
        yield un
    finally:
        http.shutdown()
        http.server_close()
        fil.join()
        un.livrer_les_attardes()
