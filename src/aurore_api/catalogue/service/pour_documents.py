"""All that a document's lines take from their articles, in two statements however many there are (ART-02, CAL-04)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from aurore_api.catalogue import requetes
from aurore_api.catalogue.erreurs import UniteCommandeInconnue
from aurore_api.catalogue.service.composants import ingredients
from aurore_api.socle.contexte import Contexte
from aurore_api.tables.service import referentiel
from aurore_domain.lignes_prix import LigneClient
from aurore_domain.stock import Ingredient
from aurore_domain.unites import Conversion


@dataclass(frozen=True, slots=True)
class LigneTarifArticle:
    """A row of an article's tariffs as the domain's `LigneTarif` wants it, with the id that names it."""

    id: int
    tarif: str
    quantite_minimum: Decimal
    valeur: Decimal | None
    remise: Decimal | None
    du: date | None
    au: date | None


@dataclass(frozen=True, slots=True)
class TaxeDArticle:
    """What an article charges in one VAT category: `montant` per base unit without VAT, or `pourcentage` (ART-07)."""

    code_taxe: str
    categorie_tva: str
    code_tva: str
    montant: Decimal | None
    pourcentage: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDeDocument:
    """An article as a line takes it. Prices in EUR per base unit without VAT, quantities in base unit."""

    numero: str
    designation: str
    """The label of the `code_libelle` asked for, else the article's designation (ART-02)."""
    description: str | None
    famille: str | None
    unite: str
    unite_decimales: int
    prix_vente: Decimal
    prix_avec_decimales: bool
    """Whether its prices including VAT have any; otherwise they are whole euros (CAL-10)."""
    code_tva_vente: str
    imputation_vente: str
    poids_kg: Decimal | None
    tolerance_depassement: Decimal | None
    unite_par_defaut: str | None
    actif: bool
    type_article: str
    """`normal`, or `statistique`: never sold itself (ART-08)."""
    remplace_par: str | None
    """The next article of the chain; `successeurs` tells the last."""
    substitut: str | None
    """What may be sold in its place when it is short (ART-06)."""
    appliquer_taxe: bool
    """Whether its lines bear its taxes unless said otherwise (ART-07)."""
    vidange: bool
    """Whether it is a crate (CLI-12)."""
    ingredients: tuple[Ingredient, ...] | None
    """What moves in its place when it is sold (ART-11): None for itself, nothing for what is not kept in stock."""
    unites: Mapping[str, Conversion]
    """Conversions by abbreviation."""
    tarifs: tuple[LigneTarifArticle, ...]
    taxes: tuple[TaxeDArticle, ...]
    """Those of every VAT category, in the order they were entered."""
    prix_client: Sequence[LigneClient] = ()
    """What one client pays for it of its own, put here by whoever knows the client (CLI-09)."""

    def conversion(self, unite_commande: str | None) -> Conversion | None:
        """How an order unit converts; None for none.

        Raises:
            UniteCommandeInconnue: the article has no such unit.
        """
        if unite_commande is None:
            return None
        if unite_commande not in self.unites:
            raise UniteCommandeInconnue(pointeur="#/unite_commande", article=self.numero, permis=sorted(self.unites))
        return self.unites[unite_commande]


async def pour_documents(
    ctx: Contexte,
    numeros: Collection[str],
    *,
    tarif: str | None,
    code_libelle: str | None,
    tous_tarifs: bool = False,
    decimales: Mapping[str, int] | None = None,
) -> dict[str, ArticleDeDocument]:
    """Articles by number; unknown numbers are absent. Two statements more where some move their components.

    `tarifs` holds the rows of `tarif`, whatever their dates and quantities, or all of the article's if `tous_tarifs`.
    `decimales` are those of the units, where the caller has them already.
    """
    if not numeros:
        return {}
    rangs = await requetes.pour_documents(ctx, numeros, tarif=tarif, tous_tarifs=tous_tarifs, code_libelle=code_libelle)
    if decimales is None:
        decimales = (await referentiel(ctx)).unites
    composes = {rang["numero"] for rang in rangs if rang["mouvement_composants"]}
    parts = await ingredients(ctx, composes) if composes else {}
    return {rang["numero"]: _article(dict(rang), decimales[rang["unite"]], parts.get(rang["numero"])) for rang in rangs}


async def successeurs(ctx: Contexte, numeros: Collection[str]) -> dict[str, str]:
    """The article that stands at the end of each one's chain of replacement (ART-05), in one statement.

    Absent are those that nothing replaces, and those of a circle, which has no end.
    """
    return await requetes.successeurs(ctx, numeros) if numeros else {}


def _article(champs: dict[str, Any], decimales: int, parts: tuple[Ingredient, ...] | None) -> ArticleDeDocument:
    del champs["mouvement_composants"]
    gere_stock = champs.pop("gere_stock")
    unites, tarifs, taxes = (champs.pop(nom) or () for nom in ("unites", "tarifs", "taxes"))
    return ArticleDeDocument(
        **champs,
        ingredients=parts if parts is not None or gere_stock else (),
        unite_decimales=decimales,
        unites={une[0]: _conversion(une, decimales) for une in unites},
        tarifs=tuple(_tarif(un) for un in tarifs),
        taxes=tuple(_taxe(une) for une in taxes),
    )


def _conversion(unite: Sequence[Any], decimales_base: int) -> Conversion:
    _, facteur, operateur, decimales, flou, tolerance = unite
    return Conversion(
        facteur=Decimal(facteur),
        operateur=operateur,
        decimales=decimales,
        decimales_base=decimales_base,
        flou=flou,
        tolerance=Decimal(tolerance),
    )


def _tarif(ligne: Sequence[Any]) -> LigneTarifArticle:
    identifiant, tarif, minimum, valeur, remise, du, au = ligne
    return LigneTarifArticle(
        identifiant,
        tarif,
        Decimal(minimum),
        _decimal(valeur),
        _decimal(remise),
        None if du is None else date.fromisoformat(du),
        None if au is None else date.fromisoformat(au),
    )


def _taxe(ligne: Sequence[Any]) -> TaxeDArticle:
    code_taxe, categorie_tva, code_tva, montant, pourcentage = ligne
    return TaxeDArticle(code_taxe, categorie_tva, code_tva, _decimal(montant), _decimal(pourcentage))


def _decimal(texte: str | None) -> Decimal | None:
    return None if texte is None else Decimal(texte)
