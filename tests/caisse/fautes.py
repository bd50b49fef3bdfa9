"""What can go wrong with one request between a till and its server."""

from collections.abc import Callable

from tests.caisse.serveur import Faute, Reponse, Requete, probleme

PAGE = "<html><body>Connectez-vous au réseau</body></html>"


def coupe_avant(requete: Requete, _faire: Callable[[], Reponse]) -> None:
    """The connection breaks and nothing was done."""
    requete.couper()


def coupe_apres(requete: Requete, faire: Callable[[], Reponse]) -> None:
    """All was done and the answer is lost."""
    faire()
    requete.couper()


def moitie(requete: Requete, faire: Callable[[], Reponse]) -> None:
    """All was done and half of the answer comes."""
    faire()
    requete.send_response(207)
    requete.send_header("content-type", "application/json")
    requete.send_header("content-length", "5000")
    requete.end_headers()
    requete.wfile.write(b'{"resultats": [{"refer')
    requete.couper()


def tronquee(requete: Requete, faire: Callable[[], Reponse]) -> None:
    """All was done and the answer is shortened by something that says it is whole."""
    faire()
    requete.send_response(207)
    requete.send_header("content-type", "application/json")
    requete.send_header("connection", "close")
    requete.end_headers()
    requete.wfile.write(b'{"resultats": [{"refer')
    requete.couper()


def lente(requete: Requete, faire: Callable[[], Reponse]) -> None:
    """All was done and no answer comes, as long as the till waits."""
    faire()
    requete.rfile.read(1)  # until the till hangs up
    requete.couper()


def deux_fois(requete: Requete, faire: Callable[[], Reponse]) -> None:
    """Something on the way sends it twice."""
    faire()
    requete.repondre(*faire())


def page(statut: int, **en_tetes: str) -> Faute:
    """A proxy or a portal answers instead, nothing was done."""
    return lambda requete, _faire: requete.repondre(statut, PAGE, **en_tetes)


def page_apres(statut: int) -> Faute:
    """All was done, and a proxy answers that it knows nothing."""

    def faute(requete: Requete, faire: Callable[[], Reponse]) -> None:
        faire()
        requete.repondre(statut, PAGE)

    return faute


def refus(statut: int, code: str, *erreurs: dict[str, str], **en_tetes: str) -> Faute:
    """The server refuses the push whole, nothing was done."""
    return lambda requete, _faire: requete.repondre(statut, probleme(code, *erreurs), **en_tetes)


def autre_reponse(requete: Requete, faire: Callable[[], Reponse]) -> None:
    """All was done and the answer is of something else."""
    statut, corps = faire()
    requete.repondre(statut, corps | {"resultats": corps["resultats"][:-1]})


def autres_references(requete: Requete, faire: Callable[[], Reponse]) -> None:
    """All was done and the outcomes come in another order."""
    statut, corps = faire()
    requete.repondre(statut, corps | {"resultats": corps["resultats"][::-1]})
