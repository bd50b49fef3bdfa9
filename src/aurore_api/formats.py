"""Figures, dates and numbers as people read them, in their language: in sentences and in print."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale

from aurore_domain.montants import arrondir

LOCALES: Mapping[str, str] = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_GB"}
"""English is British: a reader of English takes 1.234 for one and a bit."""

ESPACE_FIXE = "\N{NO-BREAK SPACE}"


class Formats:
    """Formats of one language. Separators are read from babel once: its own formatting is a hundred times slower."""

    def __init__(self, langue: str) -> None:
        self._locale = Locale.parse(LOCALES[langue])
        symboles = self._locale.number_symbols
        latins = symboles.get("latn", symboles)
        self.decimale: str = latins["decimal"]
        milliers = latins["group"].replace("\N{NARROW NO-BREAK SPACE}", ESPACE_FIXE)  # hair-thin in our font
        self._separateurs = str.maketrans({",": milliers, ".": self.decimale})
        self._suffixe_pour_cent: str = self._locale.percent_formats[None].suffix[0]

    def _ecrire(self, valeur: Decimal) -> str:
        return f"{valeur or abs(valeur):,f}".translate(self._separateurs)

    def montant(self, valeur: Decimal) -> str:
        """An amount, rounded to 2 decimals: `1 234,50`."""
        return self._ecrire(arrondir(valeur, 2))

    def prix(self, valeur: Decimal) -> str:
        """A unit price: 2 decimals, up to 4 where they are used."""
        arrondi = arrondir(valeur, 4)
        entier, decimales = f"{arrondi:f}".split(".")
        return self._ecrire(Decimal(f"{entier}.{decimales.rstrip('0').ljust(2, '0')}"))

    def quantite(self, valeur: Decimal) -> str:
        """A quantity without trailing zeros."""
        texte = f"{valeur:f}"
        return self._ecrire(Decimal(texte.rstrip("0").rstrip(".") if "." in texte else texte))

    def pourcentage(self, valeur: Decimal) -> str:
        """A rate or percentage without trailing zeros, with its sign."""
        return self.quantite(valeur) + self._suffixe_pour_cent

    def pays(self, code: str) -> str:
        """A country's name, or its code if it is unknown."""
        return self._locale.territories.get(code) or code


@cache
def formats(langue: str) -> Formats:
    """The formats of `langue`, made once."""
    return Formats(langue)


def jour(valeur: date) -> str:
    """A date as `dd/mm/yyyy`, in every language."""
    return f"{valeur.day:02}/{valeur.month:02}/{valeur.year:04}"


def numero_tva(valeur: str) -> str:
    """A Belgian VAT number grouped as the law prints it (`BE 0403.170.701`); any other as it is."""
    belge = re.fullmatch(r"BE\s?([01]\d{3})\.?(\d{3})\.?(\d{3})", valeur.strip(), re.ASCII | re.IGNORECASE)
    return f"BE{ESPACE_FIXE}{'.'.join(belge.groups())}" if belge else valeur


def iban(valeur: str) -> str:
    """An IBAN in groups of four."""
    compact = "".join(valeur.split())
    return ESPACE_FIXE.join(compact[debut : debut + 4] for debut in range(0, len(compact), 4))
