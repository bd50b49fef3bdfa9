"""Reads back what a PDF shows."""

import re
from io import BytesIO

from pypdf import PdfReader

from aurore_api.impression.modele import ModeleDocument
from aurore_api.impression.rendu import rendre


def lire(contenu: bytes) -> PdfReader:
    return PdfReader(BytesIO(contenu))


def pages(document: ModeleDocument) -> list[str]:
    """The text of each page, every run of spaces and line ends as one space."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in lire(rendre(document)).pages]


def texte(document: ModeleDocument) -> str:
    return " ".join(pages(document))
