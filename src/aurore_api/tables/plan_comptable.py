"""The sales and purchases part of the Belgian chart of accounts, and posting codes of a bakery (TAB-02, IMP-01).

The headings are those of the minimum standardised chart (PCMN). Each posting code has an account of its own in each
VAT category: what is sold where can be read off the ledger, and within a category codes and accounts go one to one.
"""

from collections.abc import Iterator

from sqlmodel import SQLModel

from aurore_api.tables import tables
from aurore_domain.imputations import GenreImputation

_RUBRIQUES = {
    "60": "Approvisionnements et marchandises",
    "600": "Achats de matières premières",
    "601": "Achats de fournitures",
    "602": "Achats de services, travaux et études",
    "603": "Sous-traitances générales",
    "604": "Achats de marchandises",
    "605": "Achats d'immeubles destinés à la vente",
    "608": "Remises, ristournes et rabais obtenus",
    "609": "Variations des stocks",
    "6090": "Variation des stocks de matières premières",
    "6091": "Variation des stocks de fournitures",
    "6094": "Variation des stocks de marchandises",
    "6095": "Variation des stocks d'immeubles achetés destinés à la vente",
    "61": "Services et biens divers",
    "610": "Loyers et charges locatives",
    "611": "Entretien et réparations",
    "612": "Fournitures faites à l'entreprise",
    "613": "Rétributions de tiers",
    "614": "Annonces, publicité et documentation",
    "615": "Transports et déplacements",
    "617": "Personnel intérimaire et personnes mises à la disposition de l'entreprise",
    "618": "Rémunérations et pensions des administrateurs, gérants et associés actifs",
    "619": "Autres services et biens divers",
    "70": "Chiffre d'affaires",
    "700": "Ventes de produits finis",
    "701": "Ventes de marchandises",
    "702": "Prestations de services",
    "703": "Ventes d'emballages",
    "704": "Frais de transport facturés",
    "708": "Remises, ristournes et rabais accordés",
    "74": "Autres produits d'exploitation",
    "740": "Subsides d'exploitation et montants compensatoires",
    "741": "Plus-values sur réalisation courante d'immobilisations corporelles",
    "742": "Plus-values sur réalisation de créances commerciales",
    "743": "Produits d'exploitation divers",
    "75": "Produits financiers",
    "750": "Produits des immobilisations financières",
    "751": "Produits des actifs circulants",
    "752": "Plus-values sur réalisation d'actifs circulants",
    "753": "Subsides en capital et en intérêts",
    "754": "Différences de change",
    "755": "Écarts de conversion des devises",
    "756": "Produits financiers divers",
}
_IMPUTATIONS: tuple[tuple[str, str, GenreImputation, str], ...] = (
    ("VENTES", "Ventes de produits finis", "vente", "7000"),
    ("PAINS", "Ventes de pains", "vente", "7001"),
    ("VIENNOISERIES", "Ventes de viennoiseries", "vente", "7002"),
    ("PATISSERIES", "Ventes de pâtisseries", "vente", "7003"),
    ("SANDWICHES", "Ventes de sandwiches et de plats préparés", "vente", "7004"),
    ("MARCHANDISES", "Ventes de marchandises", "vente", "7010"),
    ("SERVICES", "Prestations de services", "vente", "7020"),
    ("EMBALLAGES", "Ventes d'emballages", "vente", "7030"),
    ("TRANSPORT", "Frais de transport facturés", "vente", "7040"),
    ("ACHATS", "Achats de matières premières", "achat", "6000"),
    ("ACHATS-FOURNITURES", "Achats de fournitures", "achat", "6010"),
    ("ACHATS-SERVICES", "Achats de services, travaux et études", "achat", "6020"),
    ("SOUS-TRAITANCE", "Sous-traitances générales", "achat", "6030"),
    ("ACHATS-MARCHANDISES", "Achats de marchandises", "achat", "6040"),
    ("FRAIS-DIVERS", "Autres services et biens divers", "achat", "6190"),
)
"""Posting codes: what they are called, of sales or of purchases, and how the numbers of their accounts begin."""
_CATEGORIES = {
    "national": ("00", "Belgique"),
    "cocontractant": ("10", "cocontractant"),
    "intracommunautaire": ("20", "Union européenne"),
    "export": ("30", "hors Union européenne"),
    "exonere": ("40", "exonéré"),
}
"""How the numbers of a VAT category's accounts end, and what its accounts are called besides their posting code."""


def comptes_et_imputations() -> Iterator[SQLModel]:
    """The chart, and the posting codes."""
    for numero, libelle in _RUBRIQUES.items():
        yield tables.Compte(numero=numero, libelle=libelle)
    for code, libelle, genre, debut in _IMPUTATIONS:
        yield tables.Imputation(code=code, libelle=libelle, genre=genre)
        for fin, ou in _CATEGORIES.values():
            yield tables.Compte(numero=debut + fin, libelle=f"{libelle}, {ou}")


def comptes_des_imputations() -> Iterator[SQLModel]:
    """The account of each posting code in each VAT category."""
    for code, _, genre, debut in _IMPUTATIONS:
        for categorie, (fin, _) in _CATEGORIES.items():
            yield tables.CompteImputation(imputation=code, genre=genre, categorie_tva=categorie, compte=debut + fin)
