"""Documents with their lines, read in the order of their identifiers; what the domain computes is asked of these rows.

They are read apart from the slice that writes them, so that a fault in its rows is not repeated here.
"""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from aurore_api.verification.lecture import Lecture
from aurore_domain.lignes import Genre
from aurore_domain.montants import ZERO
from aurore_domain.prix_achat import prix_entree
from aurore_domain.stock import Compte, Effet, Ingredient
from aurore_domain.tva import Lettre, Traitement
from aurore_domain.unites import Conversion, Saisie

PAR_LECTURE = 1000
"""Documents read at once."""
PREMIER, DERNIER = UUID(int=0), UUID(int=2**128 - 1)

_DOCUMENTS = """
    SELECT id, type, etat, reouvert_le IS NOT NULL AS rouvert, cloture_le, exercice, numero, numero_affiche, date,
           client, fournisseur, categorie_tva, prix_tvac, escompte, echeance, date_echeance,
           mode_livraison, montant_livraison,
           total_htva, total_tvac, totaux::text, poids_calcule, communication, recherche,
           vos_references, contact, remarque_interne, (impression->'escompte')::text AS escompte_imprime,
           ARRAY(SELECT montant FROM acomptes WHERE acomptes.document = documents.id) AS acomptes
    FROM documents WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3
"""
_LIGNES = """
    SELECT id, document, ordre, genre, article, depot, mise_a_jour_stock, composition::text, date_stock, livre_a,
            quantite, quantite_unite_commande, saisie, facteurs::text, prix, remise, categorie,
           taux_tva, taxe, nullif(taxes_copiees, '[]')::text AS taxes_copiees, sous_total, poids_unitaire,
           montant_htva, montant_tvac, montant_sous_total,
           quantite_transferee, quantite_unite_commande_transferee, quantite_retournee,
           quantite_abandonnee, quantite_unite_commande_abandonnee, credite IS NOT NULL AS credite,
           coalesce(frais, 0) AS frais_entree
    FROM lignes WHERE document >= $1 AND document <= $2 ORDER BY document, ordre
"""
_MOUVEMENTS = """
    SELECT document, ligne, article, depot, compte, genre, date, prix, frais, client, sum(quantite)
    FROM mouvements WHERE document >= $1 AND document <= $2
    GROUP BY document, ligne, article, depot, compte, genre, date, prix, frais, client HAVING sum(quantite) <> 0
"""


@dataclass(frozen=True, slots=True)
class TaxeLue:
    """A tax charged on a line, and what it is said to come to."""

    categorie: Lettre
    taux: Decimal
    montant: Decimal | None
    pourcentage: Decimal | None
    montant_htva: Decimal | None
    montant_tvac: Decimal | None

    @property
    def traitement(self) -> Traitement:
        """VAT treatment of the tax itself."""
        return Traitement(self.categorie, self.taux)


@dataclass(slots=True)
class LigneLue:
    """A line; satisfies the domain's protocols."""

    id: UUID
    document: UUID
    ordre: int
    genre: Genre
    article: str | None
    depot: str | None
    mise_a_jour_stock: bool
    composition: str | None
    date_stock: date | None
    livre_a: str | None
    quantite: Decimal | None
    quantite_unite_commande: Decimal | None
    saisie: Saisie | None
    facteurs: str | None
    prix: Decimal | None
    remise: Decimal
    categorie: Lettre | None
    taux_tva: Decimal | None
    taxe: bool
    taxes_copiees: str | None
    sous_total: bool
    poids_unitaire: Decimal | None
    montant_htva: Decimal
    montant_tvac: Decimal | None
    montant_sous_total: Decimal | None
    quantite_transferee: Decimal
    quantite_unite_commande_transferee: Decimal
    quantite_retournee: Decimal
    quantite_abandonnee: Decimal
    quantite_unite_commande_abandonnee: Decimal
    credite: bool
    frais_entree: Decimal
    ingredients: tuple[Ingredient, ...] | None = field(init=False)
    conversion: Conversion | None = field(init=False)
    traitement: Traitement | None = field(init=False)
    taxes: tuple[TaxeLue, ...] = field(init=False)

    @property
    def prix_entree(self) -> Decimal | None:
        """What a base unit that was bought has cost: net of discount, costs included (CAL-12)."""
        return None if self.prix is None else prix_entree(self.prix, self.remise, self.frais_entree)

    def __post_init__(self) -> None:
        self.ingredients = None if self.composition is None else _ingredients(json.loads(self.composition))
        self.conversion = None if self.facteurs is None else _conversion(json.loads(self.facteurs))
        traitee = self.categorie is not None and self.taux_tva is not None
        self.traitement = Traitement(self.categorie, self.taux_tva) if traitee else None  # type: ignore[arg-type]
        self.taxes = tuple(_taxes(self.taxes_copiees)) if self.taxe and self.taxes_copiees is not None else ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One document, whole."""

    entete: Any
    lignes: tuple[LigneLue, ...]
    mouvements: Mapping[Effet, Decimal]
    """What the ledger says that it does to the stock: the net quantity of each effect, whose own is left at 0."""

    @property
    def type(self) -> str:
        """Its type."""
        return str(self.entete["type"])

    @property
    def etat(self) -> str:
        """Its state."""
        return str(self.entete["etat"])

    @property
    def nom(self) -> str:
        """What people call it."""
        return f"{self.entete['type']} {self.entete['numero_affiche'] or self.entete['id']}"

    @property
    def date(self) -> date:
        """Its date."""
        jour: date = self.entete["date"]
        return jour

    @property
    def cloture_le(self) -> datetime | None:
        """Since when it is closed (MAG-26)."""
        instant: datetime | None = self.entete["cloture_le"]
        return instant


def _ingredients(lus: list[tuple[str, str]]) -> tuple[Ingredient, ...]:
    return tuple(Ingredient(article, Decimal(quantite)) for article, quantite in lus)


def _conversion(lus: dict[str, Any]) -> Conversion:
    return Conversion(
        facteur=Decimal(lus["facteur"]),
        operateur=lus["operateur"],
        decimales=lus["decimales"],
        decimales_base=lus["decimales_base"],
        flou=lus["flou"],
        tolerance=Decimal(lus["tolerance"]),
    )


def _taxes(copiees: str) -> Iterator[TaxeLue]:
    for une in json.loads(copiees):
        charge = une["charge"]
        if charge is not None:
            yield TaxeLue(
                charge["categorie"],
                Decimal(charge["taux"]),
                _lu(charge["montant"]),
                _lu(une["pourcentage"]),
                _lu(charge.get("montant_htva")),
                _lu(charge.get("montant_tvac")),
            )


def _lu(texte: str | None) -> Decimal | None:
    return None if texte is None else Decimal(texte)


async def dossiers(lecture: Lecture, apres: UUID = PREMIER, dernier: UUID = DERNIER) -> AsyncIterator[Dossier]:
    """The documents after an identifier and up to another."""
    while True:
        entetes = await lecture.lire(_DOCUMENTS, apres, dernier, PAR_LECTURE)
        if not entetes:
            return
        apres = entetes[-1]["id"]
        lues = [LigneLue(*une) for une in await lecture.lire(_LIGNES, entetes[0]["id"], apres)]
        par_document = {cle: tuple(siennes) for cle, siennes in groupby(lues, attrgetter("document"))}
        mouvements: defaultdict[UUID, dict[Effet, Decimal]] = defaultdict(dict)
        for document, ligne, article, depot, compte, genre, jour, prix, frais, client, quantite in await lecture.lire(
            _MOUVEMENTS, entetes[0]["id"], apres
        ):
            effet = Effet(ligne, article, depot, Compte(compte), genre, jour, ZERO, prix, frais, client)
            mouvements[document][effet] = quantite
        for entete in entetes:
            yield Dossier(entete, par_document.get(entete["id"], ()), mouvements.get(entete["id"], {}))
