"""Keys of the catalogue in paths."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Path
from pydantic import StringConstraints

from aurore_api.socle.types import MOTIF_CLE

NumeroUrl = Annotated[str, StringConstraints(min_length=1, max_length=15, pattern=MOTIF_CLE), Path()]


def adresse(*cles: str | int) -> str:
    """The path of an article, or of what lies below it; keys may hold accents and spaces."""
    return "/".join(("/v1/articles", *(quote(str(cle), safe="") for cle in cles)))
