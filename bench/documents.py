"""Documents and stock through the API, beside exactly the same rows through bare asyncpg on the same server."""

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID

import uvloop

from bench.mesure import TOURS, Rythme, comparer, ensemble
from bench.plancher import Ecritures, Lectures, Plancher
from bench.serveur import Appelant, Cible, commande

PAR_CLIENT = 25
Action = Callable[[Any], Any]


class Transferts:
    """Requests that each transfer a commande of its own."""

    def __init__(self, appelant: Appelant, corps: bytes, nombre: int) -> None:
        self.sources = [json.loads(appelant.appeler("POST", "/v1/documents", corps))["id"] for _ in range(nombre)]

    def suivant(self) -> bytes:
        """The next request."""
        return json.dumps({"cible": {"type": "bordereau"}, "sources": [{"document": self.sources.pop()}]}).encode()


def mesurer(cible: Cible) -> Iterator[Rythme]:
    """Create, read, list and ask for stock, with one client and with eight; transfer with one, or its floors wait."""
    corps, appelant = commande(), cible.appelant()
    cree = UUID(json.loads(appelant.appeler("POST", "/v1/documents", corps))["id"])
    transferts = Transferts(appelant, corps, PAR_CLIENT * (TOURS + 1) + 1)
    source = UUID(transferts.sources[-1])
    suivant = UUID(json.loads(appelant.appeler("POST", "/v1/transferts", transferts.suivant()))["id"])
    lectures = Lectures(cree)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as boucle:
        premier = Plancher(boucle, cible.dsn, 1)
        creation, transfert = Ecritures(premier, cree), Ecritures(premier, suivant, source)
        transfert.prevoir(premier, creation, PAR_CLIENT * (TOURS + 1))
        premier.fermer()
        cas: tuple[tuple[str, Action, tuple[Any, ...]], ...] = (
            (f"create, 20 lines ({creation.nombre} rows)", creation.ecrire, ("POST", "/v1/documents", corps)),
            ("read it", lectures.lire, ("GET", f"/v1/documents/{cree}")),
            ("list 50", lectures.lister, ("GET", "/v1/documents?type=commande&limite=50")),
            ("an article's stock", lectures.stock, ("GET", "/v1/articles/A1/stock")),
            (f"transfer 20 lines ({transfert.nombre} rows)", transfert.ecrire, ("POST", "/v1/transferts", transferts)),
        )
        for quoi, action, appel in cas:
            for clients in (1,) if transferts in appel else (1, 8):
                yield _comparer(cible, Plancher(boucle, cible.dsn, clients), quoi, action, appel, clients)


def _comparer(
    cible: Cible, plancher: Plancher, quoi: str, action: Action, appel: tuple[Any, ...], clients: int
) -> Rythme:
    appelants = [cible.appelant() for _ in range(clients)]
    with ThreadPoolExecutor(clients) as fils:
        rythme = comparer(
            f"{quoi}, {clients} client{'s' if clients > 1 else ''}",
            partial(ensemble, fils, [partial(_appeler, un, appel) for un in appelants]),
            partial(plancher.tour, action, PAR_CLIENT),
            PAR_CLIENT * clients,
        )
    plancher.fermer()
    return rythme


def _appeler(appelant: Appelant, appel: tuple[Any, ...]) -> None:
    methode, chemin, *corps = appel
    for _ in range(PAR_CLIENT):
        appelant.appeler(methode, chemin, *map(_corps, corps))


def _corps(corps: bytes | Transferts) -> bytes:
    return corps if isinstance(corps, bytes) else corps.suivant()
