"""A line that is changed: typed again with what was given, without finding anew what was not touched."""

from collections.abc import Collection
from dataclasses import dataclass

from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.tables import LigneDocument

QUANTITES = ("quantite", "quantite_unite_commande", "saisie", "unite_commande", "facteurs")
PRIX = ("prix", "remise", "remise_saisie", "regle_prix")
_DE_L_ARTICLE = (
    "designation",
    "memo",
    "unite",
    "unite_commande",
    "code_tva",
    "imputation",
    "prix",
    "remise",
    "taxe",
    "frais",
    "numero_article_fournisseur",
)
_CHANGENT_QUANTITE = frozenset({"article", "quantite", "quantite_unite_commande", "unite_commande"})
_CHANGENT_PRIX = _CHANGENT_QUANTITE | {"prix", "remise", "code_tva"}


@dataclass(frozen=True, slots=True)
class Reprise:
    """A line being changed, and whether its quantities, its price and its taxes stay as they are.

    Nobody who corrects a designation wants the tariffs, conversions and taxes of today.
    """

    ligne: LigneDocument
    quantite: bool
    prix: bool
    taxes: bool

    @classmethod
    def de(cls, ligne: LigneDocument, modification: Collection[str]) -> "Reprise":
        """What stays when these fields are given."""
        nouvelles_taxes = "article" in modification or ("taxe" in modification and not ligne.taxes_copiees)
        return cls(
            ligne,
            quantite=_CHANGENT_QUANTITE.isdisjoint(modification),
            prix=_CHANGENT_PRIX.isdisjoint(modification),
            # What corrects a facture charges what that one did: taxes are as fixed there as rates (CAL-07).
            taxes=ligne.taux_fige or not nouvelles_taxes,
        )

    def garde(self, article: str) -> bool:
        """Whether the line keeps its article, so that nobody chooses it anew."""
        return self.ligne.article == article


def relire(ligne: LigneDocument, modification: dict[str, object]) -> LigneEntree:
    """The line as it would be typed, with a modification over it.

    One quantity given replaces both (CAL-02); a price or discount that the rules gave is found again; another article
    brings its own designation, memo, VAT code, imputation and taxes. A successor is followed where the article is given
    with it.
    """
    champs: dict[str, object] = {
        nom: getattr(ligne, nom) for nom in ("article", *_DE_L_ARTICLE) if nom not in {"prix", "remise", "taxe"}
    }
    champs |= {
        nom: getattr(ligne, nom)
        for nom in ("date_livraison", "depot", "taxe", "sous_total", "plan_analytique", "compte_analytique")
    }
    champs["mise_a_jour_stock"] = ligne.mise_a_jour_stock
    champs["ordre"] = ligne.ordre
    champs["back_order"] = ligne.back_order
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
    suivre = "article" in modification and modification.get("suivre_remplacement")
    if suivre or modification.get("article", ligne.article) != ligne.article:
        for nom in _DE_L_ARTICLE:
            champs.pop(nom, None)
    return LigneEntree.model_validate({**champs, **modification, "suivre_remplacement": bool(suivre)})
