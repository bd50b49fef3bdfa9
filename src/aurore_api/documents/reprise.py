"""A line that is changed: typed again with what was given, without finding anew what was not touched."""

from collections.abc import Collection
from dataclasses import dataclass

from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.tables import LigneDocument

QUANTITES = ("quantite", "quantite_unite_commande", "saisie", "unite_commande", "facteurs")
PRIX = ("prix", "remise", "remise_saisie", "regle_prix")
_CHANGENT_QUANTITE = frozenset({"article", "quantite", "quantite_unite_commande", "unite_commande"})
_CHANGENT_PRIX = _CHANGENT_QUANTITE | {"prix", "remise", "code_tva"}


@dataclass(frozen=True, slots=True)
class Reprise:
    """A line being changed, and whether its quantities and its price stay as they are.

    Nobody who corrects a designation wants the tariffs and conversions of today.
    """

    ligne: LigneDocument
    quantite: bool
    prix: bool

    @classmethod
    def de(cls, ligne: LigneDocument, modification: Collection[str]) -> "Reprise":
        """What stays when these fields are given."""
        return cls(ligne, _CHANGENT_QUANTITE.isdisjoint(modification), _CHANGENT_PRIX.isdisjoint(modification))


def relire(ligne: LigneDocument, modification: dict[str, object]) -> LigneEntree:
    """The line as it would be typed, with a modification over it.

    One quantity given replaces both (CAL-02); a price or discount that the rules gave is found again; another article
    brings its own designation, memo, VAT code and imputation.
    """
    champs: dict[str, object] = {
        nom: getattr(ligne, nom)
        for nom in ("article", "designation", "memo", "unite", "unite_commande", "code_tva", "imputation")
    }
    champs |= {
        nom: getattr(ligne, nom)
        for nom in ("date_livraison", "depot", "taxe", "sous_total", "plan_analytique", "compte_analytique")
    }
    champs["mise_a_jour_stock"] = ligne.mise_a_jour_stock
    champs["ordre"] = ligne.ordre
    if ligne.saisie in {"base", "les_deux"}:
        champs["quantite"] = ligne.quantite
    if ligne.saisie in {"commande", "les_deux"}:
        champs["quantite_unite_commande"] = ligne.quantite_unite_commande
    if ligne.regle_prix == "saisi":
        champs["prix"] = ligne.prix
    if ligne.remise_saisie:
        champs["remise"] = ligne.remise
    if {"quantite", "quantite_unite_commande"} & modification.keys():
        champs.pop("quantite", None)
        champs.pop("quantite_unite_commande", None)
    if modification.get("article", ligne.article) != ligne.article:
        for nom in ("designation", "memo", "unite", "unite_commande", "code_tva", "imputation", "prix", "remise"):
            champs.pop(nom, None)
    return LigneEntree.model_validate({**champs, **modification})
