"""The accounts of a posting code in JSON."""

from aurore_api.socle.types import Code, Entree, Sortie, Version, exemples
from aurore_api.tables.schemas import NumeroCompte


class CompteImputationEntree(Entree):
    """The account that a posting code leads to in a VAT category (IMP-01)."""

    model_config = exemples({"categorie_tva": "national", "compte": "700500"})

    categorie_tva: Code
    compte: NumeroCompte


class CompteImputationSortie(Sortie):
    """Such an account as it is."""

    categorie_tva: str
    compte: str
    version: Version
