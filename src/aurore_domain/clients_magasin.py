"""What a client that a till makes is called here, and what of its record the till may change (MAG-16)."""

import re
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256

LONGUEUR_NUMERO = 15
_PERMIS = re.compile(r"[^0-9A-Za-z_+-]")
LIVRAISON = frozenset({"adresse", "telephone", "adresse_livraison"})
"""What a till says of a client that changes where and how it is delivered."""


def numeros_possibles(magasin: str, numero: str) -> Iterator[str]:
    """Numbers for a till's client, the plainest first: `NAM-M0007`, `NAM-M0007-2` … `-9`, at last one like no other.

    Of what is too long the shop's part is cut first: the till's numbers stay apart.
    """
    code, sien = _PERMIS.sub("", magasin) or "M", _PERMIS.sub("", numero)
    place = max(LONGUEUR_NUMERO - 1 - len(sien), 1)
    plein = f"{code[:place].rstrip('-+')}-{sien}"
    yield _coupe(plein, LONGUEUR_NUMERO)
    for rang in range(2, 10):
        yield _coupe(plein, LONGUEUR_NUMERO - 2) + f"-{rang}"
    yield "M" + sha256(f"{magasin}/{numero}".encode()).hexdigest()[: LONGUEUR_NUMERO - 1]


def _coupe(texte: str, longueur: int) -> str:
    return texte[:longueur].rstrip("-+")


def numero_libre(possibles: Iterator[str], pris: Collection[str]) -> str:
    """The first that is no one's."""
    return next(un for un in possibles if un not in pris)


def champs_ignores(pousses: Mapping[str, object], ici: Mapping[str, object]) -> list[str]:
    """The fields that a till says otherwise than the office and that stay as they are here, sorted."""
    return sorted(nom for nom, valeur in pousses.items() if nom not in LIVRAISON and valeur != ici.get(nom))
