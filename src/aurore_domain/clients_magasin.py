"""What a client that a till makes is called here, and what of its record the till may change (MAG-16)."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import count

LONGUEUR_NUMERO = 15
_PERMIS = re.compile(r"[^0-9A-Za-z_+-]")
LIVRAISON = frozenset({"adresse", "telephone", "adresse_livraison"})
"""What a till says of a client that changes where and how it is delivered."""


def numeros_possibles(magasin: str, numero: str) -> Iterator[str]:
    """Numbers for a till's client, the plainest first: `NAM-M0007`, then `NAM-M0007-2` and so on, cut to what fits."""
    plein = _PERMIS.sub("", f"{magasin}-{numero}").strip("-") or "M"
    yield plein[:LONGUEUR_NUMERO].rstrip("-+")
    for rang in count(2):
        suite = f"-{rang}"
        yield plein[: LONGUEUR_NUMERO - len(suite)].rstrip("-+") + suite


def numero_libre(possibles: Iterator[str], pris: Collection[str]) -> str:
    """The first that is no one's."""
    return next(un for un in possibles if un not in pris)


def champs_ignores(pousses: Mapping[str, object], ici: Mapping[str, object]) -> list[str]:
    """The fields that a till says otherwise than the office and that stay as they are here, sorted."""
    return sorted(nom for nom, valeur in pousses.items() if nom not in LIVRAISON and valeur != ici.get(nom))
