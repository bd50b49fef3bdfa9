"""Names in the order that people look for them in."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def plier(texte: str) -> str:
    """The key that a name is sorted by: without capitals, accents and ligatures, so that É stands beside E."""
    decompose = unicodedata.normalize("NFKD", texte.casefold().translate(_LIGATURES))
    return "".join(un for un in decompose if not unicodedata.combining(un))
