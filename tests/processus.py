"""An API in a process of its own, which a test can kill. Run as a script it serves on the socket it inherits."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from aurore_api.app import creer_app
from aurore_api.socle.base import Base


class ApiEnProcessus:
    """A running API; requests go to `http`."""

    def __init__(self, adresse: str, cle: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as prise:
            self.processus = subprocess.Popen(
                [sys.executable, "-m", "tests.processus", adresse, str(prise.fileno())],
                pass_fds=[prise.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            port = prise.getsockname()[1]
        en_tetes = {"authorization": f"Bearer {cle}"}
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=en_tetes, timeout=30)

    def tuer(self) -> None:
        """End the process at once, as a crash does."""
        self.processus.send_signal(signal.SIGKILL)
        self.processus.wait()
        self.http.close()


@contextmanager
def api_en_processus(adresse: str, cle: str) -> Iterator[ApiEnProcessus]:
    """An API on a database for the length of the block."""
    api = ApiEnProcessus(adresse, cle)
    try:
        yield api
    finally:
        api.tuer()


if __name__ == "__main__":
    app = creer_app(Base(sys.argv[1], connexions=10))
    serveur = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning"))
    serveur.run(sockets=[socket.socket(fileno=int(sys.argv[2]))])
