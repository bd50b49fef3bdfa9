"""Posting codes and the general accounts that they lead to in each VAT category (IMP-01, IMP-02)."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from aurore_domain.erreurs import Conflit, ValeurRefusee

GenreImputation: TypeAlias = Literal["vente", "achat"]
"""Sales or purchases."""
CLASSES: Mapping[GenreImputation, str] = {"vente": "7", "achat": "6"}
"""What the number of an account of each begins with."""


class CompteHorsClasse(ValeurRefusee):
    """IMP-02: an account of sales begins with 7, one of purchases with 6: `classe`."""

    code = "compte_hors_classe"


class CompteDejaImpute(Conflit):
    """IMP-01: in this VAT category another posting code leads to the account."""

    code = "compte_deja_impute"


class ImputationDejaLiee(Conflit):
    """IMP-01: in this VAT category the posting code leads to an account already."""

    code = "imputation_deja_liee"


class GenreFige(Conflit):
    """A posting code that is used (`par`) stays one of sales, or of purchases, as it is."""

    code = "genre_fige"


class ImputationDAutreGenre(ValeurRefusee):
    """ART-04, ART-17, TAB-03: sales are posted under a code of sales, purchases under one of purchases: `genre`."""

    code = "imputation_d_autre_genre"


def verifier_compte(genre: GenreImputation, compte: str) -> None:
    """See that an account is one of sales, or of purchases (IMP-02).

    Raises:
        CompteHorsClasse: its class is another.
    """
    classe = CLASSES[genre]
    if not compte.startswith(classe):
        raise CompteHorsClasse(pointeur="#/compte", classe=classe)
