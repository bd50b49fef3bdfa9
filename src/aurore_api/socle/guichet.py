"""Heavy work outside of the event loop, one piece at a time, so that memory stays bounded (SEC-05)."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

T = TypeVar("T")


class Guichet:
    """Where work of one kind, which takes a few hundred megabytes for a moment, waits for its turn."""

    def __init__(self, nom: str) -> None:
        self._places: RunVar[CapacityLimiter] = RunVar(nom)

    async def passer(self, fonction: Callable[[], T]) -> T:
        """Run it in a thread once all that came before is done."""
        return await to_thread.run_sync(fonction, limiter=self._limite())

    def _limite(self) -> CapacityLimiter:
        """A limiter belongs to one event loop: each has its own."""
        try:
            return self._places.get()
        except LookupError:
            limite = CapacityLimiter(1)
            self._places.set(limite)
            return limite
