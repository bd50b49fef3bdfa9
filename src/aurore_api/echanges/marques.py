"""The apostrophe that keeps a spreadsheet program from taking a text for something else.

Opened as CSV, `=1+1` would be calculated, `007` become 7, `5412345678901` 5,41E+12 and `1-2` a day of February. Such
texts go out with an apostrophe before them, and lose it when they come back. A text that begins with apostrophes before
such a thing gets one more, so that every text comes back as it was.
"""

import re

MARQUE = "'"
_FORMULE = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What begins a formula; the last four are the wide forms that Asian settings take for the same."""
_ENTIER_SUR = re.compile(r"0|[1-9][0-9]{0,10}")
"""Whole numbers that come back as they were: no leading zero, too few digits for an exponent."""
_NOMBRE_OU_DATE = re.compile(r"[\d\s.,:/%€$()-]*\d[\d\s.,:/%€$()-]*|[\d.,]*\d[eE][+-]?\d+")
_MOIS = re.compile(
    r"(\d+[ ./-]*)?"
    r"(jan|f[eé]v|feb|mar|mrt|maa|mär|apr|avr|ma[iy]|jui?n|jui?l|aug|ao[uû]|sep|o[ck]t|nov|d[eé][cz])[^\W\d_]*\.?"
    r"([ ./-]*\d+)?([ ./-]*\d+)?",
    re.IGNORECASE,
)
_BOOLEENS = frozenset({"vrai", "faux", "true", "false", "waar", "onwaar", "wahr", "falsch"})


def _serait_change(texte: str) -> bool:
    """Whether a spreadsheet program would calculate a text, or read a number, a day or a truth value in it."""
    if texte.startswith(_FORMULE):
        return True
    if len(texte) > 40:  # noqa: PLR2004 (longer than any number or day)
        return False
    if any(un.isdigit() for un in texte):
        return not _ENTIER_SUR.fullmatch(texte) and bool(_NOMBRE_OU_DATE.fullmatch(texte) or _MOIS.fullmatch(texte))
    return texte.strip().casefold() in _BOOLEENS


def _a_marquer(texte: str) -> bool:
    nu = texte.lstrip(MARQUE)
    return nu != "" and _serait_change(nu)


def marquer(texte: str, *, protege: bool) -> str:
    """A text as it goes out; `protege` where the file itself says that the cell is a text, as XLSX does."""
    return MARQUE + texte if _a_marquer(texte) and (texte.startswith(MARQUE) or not protege) else texte


def demarquer(texte: str) -> str:
    """A text as it was before `marquer`."""
    return texte[1:] if texte.startswith(MARQUE) and _a_marquer(texte[1:]) else texte
