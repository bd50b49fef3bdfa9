"""The one middleware: a request id on every answer, and no body larger than the limit. Pure ASGI."""

import re
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EN_TETE = "X-Requete-Id"
_RECU = re.compile(r"[0-9A-Za-z._-]{8,64}")


class Enveloppe:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, corps_max: int) -> None:
        self.app = app
        self.corps_max = corps_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        recu = Headers(scope=scope).get(EN_TETE, "")
        identifiant = recu if _RECU.fullmatch(recu) else uuid4().hex
        scope.setdefault("state", {})["requete_id"] = identifiant
        lus = 0

        async def recevoir() -> Message:
            nonlocal lus
            message = await receive()
            lus += len(message.get("body", b""))
            if lus > self.corps_max:
                raise HTTPException(413)
            return message

        async def envoyer(message: Message) -> None:
            if message["type"] == "http.response.start":
                en_tetes = MutableHeaders(scope=message)
                en_tetes[EN_TETE] = identifiant
                en_tetes["x-content-type-options"] = "nosniff"
                en_tetes.setdefault("cache-control", "no-store" if scope["method"] != "GET" else "private, no-cache")
            await send(message)

        await self.app(scope, recevoir, envoyer)
