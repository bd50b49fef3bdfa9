"""A plain, synchronous client of the application in this process: real HTTP semantics, no socket."""

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from functools import partial
from typing import Any, Self

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI


class ClientDeTest:
    """Sends requests to an application that runs in its own event loop."""

    def __init__(self, app: FastAPI, en_tetes: dict[str, str]) -> None:
        self.app = app
        self._pile = ExitStack()
        self._portail: BlockingPortal | None = None
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://aurore.test", headers=en_tetes
        )

    def __enter__(self) -> Self:
        self._portail = self._pile.enter_context(start_blocking_portal("asyncio"))
        self._pile.enter_context(self._portail.wrap_async_context_manager(self.app.router.lifespan_context(self.app)))
        return self

    def __exit__(self, *_: object) -> None:
        self.attendre(self._http.aclose)
        self._pile.close()

    def attendre(self, fonction: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        """Run a coroutine in the application's event loop."""
        assert self._portail is not None
        return self._portail.call(partial(fonction, *args, **kwargs))

    def request(self, methode: str, adresse: str, **kwargs: Any) -> httpx.Response:
        """Send one request."""
        return self.attendre(self._http.request, methode, adresse, **kwargs)  # type: ignore[no-any-return]

    def get(self, adresse: str, **kwargs: Any) -> httpx.Response:
        """GET."""
        return self.request("GET", adresse, **kwargs)

    def post(self, adresse: str, **kwargs: Any) -> httpx.Response:
        """POST."""
        return self.request("POST", adresse, **kwargs)

    def put(self, adresse: str, **kwargs: Any) -> httpx.Response:
        """PUT."""
        return self.request("PUT", adresse, **kwargs)

    def patch(self, adresse: str, **kwargs: Any) -> httpx.Response:
        """PATCH."""
        return self.request("PATCH", adresse, **kwargs)

    def delete(self, adresse: str, **kwargs: Any) -> httpx.Response:
        """DELETE."""
        return self.request("DELETE", adresse, **kwargs)
