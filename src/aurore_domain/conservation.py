"""How long the law keeps fiscal documents, and with them the data of the people they name (CLI-10)."""

from datetime import date

ANNEES = 10
"""Years after that of the document.

Belgian accounting law asks for seven, counted from the first of January after the document's year. The law of 20
November 2022 brought tax law to ten (article 60 of the VAT code, article 315 of the income tax code): the longer one
decides. Documents of before 2022 would be free after seven; they are kept as long as the others.
"""


def premier_jour_conserve(aujourd_hui: date) -> date:
    """The date from which on documents must still be kept."""
    return date(aujourd_hui.year - ANNEES, 1, 1)


def conserve_jusqu_au(jour: date) -> date:
    """The last day on which a document of a date must be kept."""
    return date(jour.year + ANNEES, 12, 31)
