"""The reasons for a price as sentences in the reader's language: article, rule, discounts, amount, next break."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from aurore_api.catalogue.service import ArticleDeDocument, LigneTarifArticle
from aurore_api.prix.schemas import Etape
from aurore_api.socle.textes import detail
from aurore_domain.prix import DemandePrix, PrixExplique

Dit = tuple[str, Mapping[str, object]]
"""A sentence: what its code adds to `explique_`, and the values that it names."""


@dataclass(frozen=True, slots=True)
class Explique:
    """A price, what it was asked for, and what a line of it amounts to without VAT."""

    article: ArticleDeDocument
    demande: DemandePrix
    trouve: PrixExplique
    montant: Decimal


def expliquer(prix: Explique, langue: str) -> list[Etape]:
    """The sentences, in the order in which the price comes about."""
    dits = (*_article(prix.article), _regle(prix), *_remises(prix), _montant(prix), _palier(prix))
    return [
        Etape.model_validate({"code": f"explique_{code}", "detail": detail(f"explique_{code}", langue, dict(valeurs))})
        for code, valeurs in dits
    ]


def _article(article: ArticleDeDocument) -> Iterator[Dit]:
    if not article.actif:
        yield "article_inactif", {"article": article.numero}
    if article.remplace_par is not None:
        yield "article_remplace", {"article": article.numero, "remplace_par": article.remplace_par}


def _regle(prix: Explique) -> Dit:
    regle, ligne = prix.trouve.regle, prix.trouve.ligne_retenue
    valeurs: dict[str, object] = {
        "article": prix.article.numero,
        "famille": prix.article.famille,
        "unite": prix.article.unite,
        "prix": prix.trouve.prix,
    }
    if ligne is None:
        return regle, valeurs
    if isinstance(ligne, LigneTarifArticle):
        valeurs |= {"tarif": ligne.tarif, **_seuil(ligne, prix.article.unite)}
    return f"{regle}_{'remise' if ligne.valeur is None else 'valeur'}", valeurs | {"remise": ligne.remise}


def _seuil(ligne: LigneTarifArticle, unite: str) -> Mapping[str, object]:
    """From which quantity on a tariff row holds; nothing of one that holds for any."""
    if ligne.quantite_minimum == 0:
        return {"quantite_minimum": None, "unite_minimum": None}
    return {"quantite_minimum": ligne.quantite_minimum, "unite_minimum": unite}


def _remises(prix: Explique) -> Iterator[Dit]:
    if prix.demande.remise_saisie is not None:
        yield "remise_saisie", {"remise": prix.trouve.remise}
    if prix.trouve.sort_remise_generale != "aucune":
        yield f"generale_{prix.trouve.sort_remise_generale}", {"remise": prix.demande.remise_generale}


def _montant(prix: Explique) -> Dit:
    return "montant", {
        "quantite": prix.demande.quantite,
        "unite": prix.article.unite,
        "prix": prix.trouve.prix,
        "remise": prix.trouve.remise,
        "montant": prix.montant,
    }


def _palier(prix: Explique) -> Dit:
    palier = prix.trouve.palier_suivant
    if palier is None:
        return f"palier_{prix.trouve.sans_palier}", {}
    return "palier", {
        "quantite_minimum": palier.quantite_minimum,
        "unite": prix.article.unite,
        "prix": palier.prix,
        "remise": palier.remise,
    }
