"""How a line keeps what moves in its article's place, as it was when the line was entered (ART-11)."""

from collections.abc import Iterable

from aurore_domain.stock import Ingredient


def composition_de(ingredients: Iterable[Ingredient] | None) -> list[tuple[str, str]] | None:
    """What moves in an article's place, as a line keeps it."""
    return None if ingredients is None else [(un.article, str(un.quantite)) for un in ingredients]
