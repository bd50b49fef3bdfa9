"""Values as shops write them, made what the contract wants: decimals are strings, days `YYYY-MM-DD`."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

Valeur = str | int | bool | list[dict[str, str]]
Nature = Callable[[Any], Valeur]
"""Reads one value; raises `ValeurRefusee`."""


class ValeurRefusee(Exception):
    """A value cannot be taken; its text says in French what is wrong with it."""


_NOMBRE = re.compile(r"(-?)([0-9]+)(?:[.,]([0-9]+))?")
_JOUR_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_JOUR_BELGE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_HEURE = re.compile(r"([0-9]{1,2})[:hH]([0-9]{2})(?::[0-9]{2})?")
DERNIERE_HEURE, DERNIERE_MINUTE = 23, 59
_ILLISIBLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_ILLISIBLE_LIGNES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_OUI_NON = {
    **dict.fromkeys(("oui", "o", "vrai", "true", "1", "x"), True),
    **dict.fromkeys(("non", "n", "faux", "false", "0"), False),
}


def texte(maximum: int = 200, *, lignes: bool = False) -> Nature:
    """Text of at most so many characters, of one line unless `lignes`; a number is taken as it is written."""
    illisible = _ILLISIBLE_LIGNES if lignes else _ILLISIBLE

    def lire(brut: Any) -> str:
        if isinstance(brut, bool) or not isinstance(brut, str | int | Decimal):
            raise ValeurRefusee("un texte est attendu")
        lu = str(brut).strip()
        if len(lu) > maximum:
            raise ValeurRefusee(f"{maximum} caractères au plus")
        if illisible.search(lu):
            raise ValeurRefusee("contient un caractère illisible")
        return lu

    return lire


def decimal(decimales: int) -> Nature:
    """A number with a point or a comma, written as the contract does; as many decimals as given at most."""

    def lire(brut: Any) -> str:
        if isinstance(brut, bool) or not isinstance(brut, str | int | Decimal):
            raise ValeurRefusee("un nombre est attendu")
        ecrit = f"{brut:f}" if isinstance(brut, Decimal) else str(brut).strip()
        lu = _NOMBRE.fullmatch(ecrit)
        if lu is None:
            raise ValeurRefusee(f"« {ecrit[:20]} » n'est pas un nombre ; écrivez par exemple 12,50")
        signe, entiers, fraction = lu.groups(default="")
        fraction = fraction.rstrip("0")
        if len(fraction) > decimales:
            raise ValeurRefusee(f"{decimales} décimales au plus")
        entiers = entiers.lstrip("0") or "0"
        return f"{signe}{entiers}.{fraction}" if fraction else f"{signe}{entiers}"

    return lire


def entier(brut: Any) -> int:
    """A whole number from 1 to 2**53, the largest that JSON keeps exactly."""
    if isinstance(brut, bool) or not isinstance(brut, str | int) or not re.fullmatch(r"[0-9]{1,16}", str(brut).strip()):
        raise ValeurRefusee("un nombre entier est attendu")
    lu = int(brut)
    if not 1 <= lu <= 2**53:
        raise ValeurRefusee("un nombre entier de 1 à 9007199254740992 est attendu")
    return lu


def jour(brut: Any) -> str:
    """A day, `2026-11-23` or `23/11/2026`."""
    ecrit = str(brut).strip()
    if iso := _JOUR_ISO.fullmatch(ecrit):
        annee, mois, quantieme = map(int, iso.groups())
    elif belge := _JOUR_BELGE.fullmatch(ecrit):
        quantieme, mois, annee = map(int, belge.groups())
    else:
        raise ValeurRefusee(f"« {ecrit[:20]} » n'est pas une date ; écrivez 2026-11-23 ou 23/11/2026")
    try:
        return date(annee, mois, quantieme).isoformat()
    except ValueError:
        raise ValeurRefusee(f"« {ecrit[:20]} » n'existe pas au calendrier") from None


def heure(brut: Any) -> str:
    """A time of day, `8:30`, `08:30` or `8h30`."""
    ecrit = str(brut).strip()
    lue = _HEURE.fullmatch(ecrit)
    if lue is None or int(lue[1]) > DERNIERE_HEURE or int(lue[2]) > DERNIERE_MINUTE:
        raise ValeurRefusee(f"« {ecrit[:20]} » n'est pas une heure ; écrivez 08:30")
    return f"{int(lue[1]):02}:{lue[2]}"


def booleen(brut: Any) -> bool:
    """Yes or no: `oui`, `non`, `vrai`, `faux`, `1`, `0`."""
    if isinstance(brut, bool):
        return brut
    if (lu := _OUI_NON.get(str(brut).strip().casefold())) is None:
        raise ValeurRefusee("écrivez oui ou non")
    return lu


def paiements(brut: Any) -> list[dict[str, str]]:
    """How a sale was paid: the contract's list, or `carte 2026-11-20 12,50 + especes 2026-11-21 3` in a cell."""
    if isinstance(brut, str):
        morceaux = [un.split() for un in brut.split("+")]
        if any(len(un) != len(_PAIEMENT) for un in morceaux):
            raise ValeurRefusee("écrivez mode, date et montant : carte 2026-11-20 12,50")
        brut = [dict(zip(_PAIEMENT, un, strict=True)) for un in morceaux]
    if not isinstance(brut, list) or not all(isinstance(un, dict) and un.keys() == _PAIEMENT.keys() for un in brut):
        raise ValeurRefusee("une liste de paiements est attendue, chacun avec mode, date et montant")
    return [{nom: str(lire(un[nom])) for nom, lire in _PAIEMENT.items()} for un in brut]


_PAIEMENT: dict[str, Nature] = {"mode": texte(20), "date": jour, "montant": decimal(2)}
