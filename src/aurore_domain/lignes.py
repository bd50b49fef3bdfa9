"""Lines of a document: their kinds, what each kind must and must not have, their order (DOC-11, DOC-12, CAL-05)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from aurore_domain.erreurs import ErreurAurore, ValeurRefusee, lever
from aurore_domain.unites import QuantiteManquante

Genre = Literal["article", "libre", "commentaire"]

PAS_ORDRE = 100
"""Distance between two lines that are simply added one after the other."""


class CodeTvaManquant(ValeurRefusee):
    """A line with an amount has no VAT code (DOC-12)."""

    code = "code_tva_manquant"


class CommentaireChiffre(ValeurRefusee):
    """A comment line carries a quantity (be it 0), a price or a VAT code (DOC-12)."""

    code = "commentaire_chiffre"


class QuantiteNegative(ValeurRefusee):
    """A negative quantity where only positive ones are entered; `quantite` says which (CAL-05)."""

    code = "quantite_negative"


def genre_de(article: object | None, quantite: Decimal | None, prix: Decimal | None, code_tva: object | None) -> Genre:
    """Tell the kind of a line from what it has; a quantity of 0 makes it a free line, not a comment (DOC-12)."""
    if article is not None:
        return "article"
    if quantite is None and prix is None and code_tva is None:
        return "commentaire"
    return "libre"


def verifier_ligne(
    genre: Genre,
    *,
    quantite: Decimal | None,
    quantite_unite_commande: Decimal | None,
    prix: Decimal | None,
    code_tva: object | None,
) -> None:
    """Refuse a line that lacks what its kind needs, or has what its kind cannot have (DOC-12).

    Raises `QuantiteManquante`, `CodeTvaManquant` or `CommentaireChiffre`, several together as `ErreursMultiples`.
    """
    erreurs: list[ErreurAurore] = []
    if genre == "article" and quantite is None and quantite_unite_commande is None:
        erreurs.append(QuantiteManquante(pointeur="#/quantite"))
    if genre == "libre" and code_tva is None and quantite and prix:
        erreurs.append(CodeTvaManquant(pointeur="#/code_tva"))
    if genre == "commentaire":
        champs = {
            "quantite": quantite,
            "quantite_unite_commande": quantite_unite_commande,
            "prix": prix,
            "code_tva": code_tva,
        }
        erreurs.extend(CommentaireChiffre(pointeur=f"#/{nom}") for nom, valeur in champs.items() if valeur is not None)
    lever(erreurs)


def verifier_quantite(
    genre: Genre, quantite: Decimal | None, *, vidange: bool = False, type_negatif: bool = False
) -> None:
    """Refuse a negative quantity but on free lines and crate lines (`vidange`) (CAL-05).

    `type_negatif`: the document's type has the sign (retour, note de crédit), so what is typed there is positive on
    every line. Leave it out for lines that come from a transfer: crediting a facture's negative free line needs one.
    Raises `QuantiteNegative`.
    """
    permise = not type_negatif and (vidange or genre == "libre")
    if quantite is not None and quantite < 0 and not permise:
        raise QuantiteNegative(pointeur="#/quantite", quantite=quantite)


def ordre_suivant(ordres: Iterable[int]) -> int:
    """Return the first multiple of 100 above every `ordre` in use (DOC-11)."""
    return (max(ordres, default=0) // PAS_ORDRE + 1) * PAS_ORDRE
