"""What documents do to the stock: a pure function of their type, state and lines (MVT-01, MVT-02, TRF-05, ART-11).

Whatever happens to a document, its effect is computed anew and the ledger gets the difference: so what follows takes
over from what came before without a rule of its own, and nothing moves twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol
from uuid import UUID

from aurore_domain.assemblages import DECIMALES_QUANTITE
from aurore_domain.cycle import Cote, EffetStock, Etat, Nature, regle
from aurore_domain.erreurs import Conflit
from aurore_domain.montants import ZERO, arrondir, exact
from aurore_domain.restes import LigneSource, reste

GenreMouvement = Literal["definitif", "client", "fournisseur"]
"""Posted, or the work of open documents of one side (MVT-01)."""


class Compte(StrEnum):
    """What a movement counts in: goods that are there, or goods that are owed (MVT-02)."""

    PHYSIQUE = "physique"
    COMMANDE_CLIENT = "commande_client"
    COMMANDE_FOURNISSEUR = "commande_fournisseur"


_COMPTES: Mapping[EffetStock, tuple[Compte, int]] = {
    EffetStock.COMMANDE_CLIENT: (Compte.COMMANDE_CLIENT, 1),
    EffetStock.COMMANDE_FOURNISSEUR: (Compte.COMMANDE_FOURNISSEUR, 1),
    EffetStock.SORTIE: (Compte.PHYSIQUE, -1),
    EffetStock.ENTREE: (Compte.PHYSIQUE, 1),
}
"""Where each effect of the lifecycle table counts, and with which sign."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """What one base unit of a line's article moves of another; an assembly moves its components (ART-11)."""

    article: str
    quantite: Decimal


class LigneStockee(LigneSource, Protocol):
    """A line as the stock sees it."""

    @property
    def id(self) -> UUID:
        """Its identifier, under which the ledger knows it."""

    @property
    def article(self) -> str | None:
        """None on free lines and comments, which move nothing."""

    @property
    def depot(self) -> str | None:
        """Where the goods are; every line of an article has one."""

    @property
    def mise_a_jour_stock(self) -> bool:
        """Whether the line counts at all (DOC-11)."""

    @property
    def ingredients(self) -> Sequence[Ingredient] | None:
        """What moves in the article's place; none for what is not kept in stock; None for the article itself."""

    @property
    def date_stock(self) -> date | None:
        """When the goods moved, where an earlier document moved them (TRF-05); None for the document's date."""

    @property
    def livre_a(self) -> str | None:
        """The client that has the goods, where the document is made out to another; None for the document's."""

    @property
    def prix_entree(self) -> Decimal | None:
        """What a base unit that comes in has cost, costs included, where it was bought (CAL-12)."""

    @property
    def frais_entree(self) -> Decimal:
        """The costs in `prix_entree`."""


class DocumentStocke(Protocol):
    """A document as the stock sees it."""

    @property
    def type(self) -> str:
        """One of the lifecycle table's types."""

    @property
    def etat(self) -> str:
        """One of its states."""

    @property
    def date(self) -> date:
        """When its goods move."""

    @property
    def cloture_le(self) -> datetime | None:
        """Since when a till's commande is closed: it holds nothing any more (MAG-26)."""


@dataclass(frozen=True, slots=True)
class Effet:
    """What a line does to one article in one dépôt: signed quantity in base unit; `prix` and `frais` as its entry's.

    `livre_a` is the client that has the goods, None where it is the document's.
    """

    ligne: UUID
    article: str
    depot: str
    compte: Compte
    genre: GenreMouvement
    date: date
    quantite: Decimal
    prix: Decimal | None
    frais: Decimal | None
    livre_a: str | None = None


def touche_au_stock(type_document: str) -> bool:
    """Whether documents of this type do anything to the stock. Raises `TypeInconnu`."""
    return regle(type_document).stock is not EffetStock.AUCUN


def deplace_des_biens(type_document: str) -> bool:
    """Whether they move goods, and not only reserve them. Raises `TypeInconnu`."""
    return regle(type_document).stock in {EffetStock.SORTIE, EffetStock.ENTREE}


@exact
def effets(document: DocumentStocke, lignes: Iterable[LigneStockee]) -> tuple[Effet, ...]:
    """What a document does to the stock now, line by line; lines that do nothing are absent.

    A type that following documents use up (`consomme`) holds only what is left of its lines: of a commande that is
    what is owed, and a bordereau's exit ends as far as its facture's begins. A closed commande owes nothing (MAG-26).
    Raises `TypeInconnu`.
    """
    du_type = regle(document.type)
    if du_type.stock is EffetStock.AUCUN or document.etat == Etat.ANNULE or document.cloture_le is not None:
        return ()
    compte, signe = _COMPTES[du_type.stock]
    s_use = Nature.CONSOMME in du_type.vers.values()
    genre = _genre(document.etat, du_type.cote)
    achat = du_type.cote is Cote.FOURNISSEUR and compte is Compte.PHYSIQUE
    trouves: list[Effet] = []
    for ligne in lignes:
        if ligne.article is None or ligne.depot is None or not ligne.mise_a_jour_stock:
            continue
        quantite = reste(ligne).quantite if s_use else ligne.quantite or ZERO
        if not quantite:
            continue
        jour = ligne.date_stock or document.date
        prix, frais = (ligne.prix_entree, ligne.frais_entree) if achat else (None, None)
        for part in _parts(ligne.article, ligne.ingredients):
            bouge = arrondir(signe * quantite * part.quantite, DECIMALES_QUANTITE)
            if bouge:
                trouves.append(
                    Effet(ligne.id, part.article, ligne.depot, compte, genre, jour, bouge, prix, frais, ligne.livre_a)
                )
    return tuple(trouves)


def _genre(etat: str, cote: Cote) -> GenreMouvement:
    if etat == Etat.COMPTABILISE:
        return "definitif"
    return "client" if cote is Cote.CLIENT else "fournisseur"


def _parts(article: str, ingredients: Sequence[Ingredient] | None) -> Sequence[Ingredient]:
    return (Ingredient(article, Decimal(1)),) if ingredients is None else ingredients


@dataclass(frozen=True, slots=True)
class Niveau:
    """The stock of an article: what is there and what is owed, in base unit (ART-15)."""

    physique: Decimal = ZERO
    commande_client: Decimal = ZERO
    commande_fournisseur: Decimal = ZERO

    @property
    def disponible(self) -> Decimal:
        """What is there and promised to nobody; below 0 more is promised than there is."""
        return self.physique - self.commande_client

    @property
    def attendu(self) -> Decimal:
        """What will be available once suppliers have delivered: what the minimum is held against (ART-16)."""
        return self.disponible + self.commande_fournisseur


class StockNegatifInterdit(Conflit):
    """MVT-07: goods leave that are not there. Values: `article`, `depot`, `physique` (what there was)."""

    code = "stock_negatif_interdit"
