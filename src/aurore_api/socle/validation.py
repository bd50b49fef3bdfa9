"""What schemas refuse, under our codes: pydantic's kinds of error, and the values that our texts name."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from aurore_api.socle.textes import LANGUE_PAR_DEFAUT, catalogue

CODES_PYDANTIC: Mapping[str, str] = {
    "missing": "champ_requis",
    "extra_forbidden": "champ_inconnu",
    "string_too_short": "texte_trop_court",
    "string_too_long": "texte_trop_long",
    "string_pattern_mismatch": "format_incorrect",
    "string_unicode": "format_incorrect",
    "literal_error": "valeur_hors_liste",
    "enum": "valeur_hors_liste",
    "int_from_float": "type_incorrect",
    "greater_than": "hors_bornes",
    "greater_than_equal": "hors_bornes",
    "less_than": "hors_bornes",
    "less_than_equal": "hors_bornes",
    "int_parsing_size": "hors_bornes",
    "too_long": "liste_trop_longue",
    "too_short": "liste_trop_courte",
}


def code_de(genre: str) -> str:
    """Our code for one of pydantic's error types; schemas may raise our own codes directly."""
    if genre in CODES_PYDANTIC:
        return CODES_PYDANTIC[genre]
    if genre in catalogue(LANGUE_PAR_DEFAUT):
        return genre
    return "type_incorrect" if genre.endswith(("_type", "_parsing")) else "valeur_refusee"


def valeurs_de(erreur: ErrorDetails) -> dict[str, Any]:
    """What the text of an error names."""
    contexte = erreur.get("ctx", {})
    return {
        "minimum": contexte.get("ge", contexte.get("gt", contexte.get("min_length", "—"))),
        "maximum": contexte.get("maximum", contexte.get("le", contexte.get("max_length", "—"))),
        "attendu": str(contexte.get("expected", "—")).replace(" or ", ", "),
        **contexte,
    }
