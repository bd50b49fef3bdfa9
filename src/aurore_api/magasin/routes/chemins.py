"""Identifiers in the paths of the till."""

from typing import Annotated

from fastapi import Path

from aurore_api.magasin.schemas import CodeMagasin

CodeMagasinUrl = Annotated[CodeMagasin, Path()]
