"""What a till pushes, in JSON, and how it is answered (MAG-10 to MAG-12, MAG-16, MAG-18).

A batch is refused whole where its envelope is not what is asked for; each of its items is looked at by itself, so that
a bad one stops no other: an envelope takes any JSON for an item, and the contract shows what an item shall be.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema

from aurore_api.erreurs import ErreurDeChamp
from aurore_api.socle.heures import Heure
from aurore_api.socle.identifiants import Adresse
from aurore_api.socle.types import (
    Booleen,
    Courriel,
    Court,
    Entree,
    Jour,
    Langue,
    Libelle,
    Montant,
    MontantPositif,
    NumeroArticle,
    Pourcentage,
    Prix,
    Quantite,
    Sortie,
    TexteLong,
    exemples,
)

ELEMENTS_MAX = 2000
"""Most orders or sales of one push (API-07)."""
Reference = Court
"""What the till calls an order or a sale, unique in its shop."""
NumeroCaisse = Annotated[str, StringConstraints(min_length=1, max_length=30, pattern=r"^[^\x00-\x1f\x7f/]*$")]
"""A client's number at the till."""
VersionPoussee = Annotated[int, Field(strict=True, ge=1, le=2**53)]


class AdresseDeCaisse(Adresse):
    """Where the till's client is delivered."""

    nom: Libelle | None = None
    telephone: Court | None = None


class ClientPousse(Entree):
    """A client as the till knows it (MAG-16). The number alone will do for one that is known."""

    numero: NumeroCaisse
    version: VersionPoussee | None = Field(
        default=None, description="Counts the till's changes of the client: an older one arriving late changes nothing"
    )
    nom: Libelle | None = Field(default=None, description="Needed to make a client that is not known yet")
    nom_suite: Libelle | None = None
    adresse: Adresse | None = None
    telephone: Court | None = None
    courriel: Courriel | None = None
    langue: Langue | None = None
    numero_tva: Libelle | None = Field(default=None, description="Checked by the office, not here")
    particulier: Booleen | None = Field(default=None, description="A private person; so is who says nothing")
    adresse_livraison: AdresseDeCaisse | None = Field(
        default=None, description="Where it is delivered, when that is not `adresse`"
    )


class LignePoussee(Entree):
    """A line of an order or of a sale: an article by its number or by a bar code, of it or of one of its units."""

    article: NumeroArticle | None = None
    code_barres: Court | None = Field(default=None, description="Of the article, or of a unit: then that is the unit")
    designation: Libelle | None = Field(default=None, description="The article's, by default")
    quantite: Quantite
    unite: Court | None = Field(default=None, description="One of the article's units; its base unit by default")
    prix_tvac: Prix | None = Field(
        default=None, description="Of a base unit, VAT included, as the ticket has it; the catalogue's by default"
    )
    remise: Pourcentage | None = None
    memo: TexteLong | None = None


class PiecePoussee(Entree):
    """What an order and a sale have in common."""

    reference: Reference
    version: VersionPoussee = Field(default=1, description="Counts the till's changes: an older one changes nothing")
    date: Jour = Field(description="When it was taken or sold; it lies in the window of the push")
    client: ClientPousse
    vos_references: Libelle | None = None
    remarque: TexteLong | None = Field(default=None, description="Of the whole; never printed for the client")
    annulee: Booleen = False
    lignes: Annotated[list[LignePoussee], Field(max_length=2000)] = Field(
        default_factory=list, description="At least one, unless it is cancelled"
    )


class CommandePoussee(PiecePoussee):
    """An order of the shop's order book (MAG-10)."""

    date_livraison: Jour | None = Field(default=None, description="Pick-up or delivery; `date` by default")
    heure_livraison: Heure | None = None
    paye: MontantPositif = Field(default=Decimal("0.00"), description="Amount already paid, a deposit (DOC-16)")


class PaiementPousse(Entree):
    """How a sale was paid at the till, be it later: told for information, it changes nothing (MAG-18)."""

    mode: Literal["especes", "carte", "virement", "autre"]
    date: Jour
    montant: MontantPositif


class FacturePoussee(PiecePoussee):
    """A sale that ended as « facture à établir » (MAG-18)."""

    reference_commande: Reference | None = Field(
        default=None, description="MAG-19: the order of the order book that it came from, by the till's reference"
    )
    mode_fin: Literal["facture_a_etablir", "credit_client"] = Field(
        default="facture_a_etablir", description="MAG-17: `credit_client` is refused, it stays at the till"
    )
    total_tvac: MontantPositif | None = Field(
        default=None, description="The ticket's total; what the lines come to must be the same, to the cent"
    )
    paiements: Annotated[list[PaiementPousse], Field(max_length=20)] = Field(
        default_factory=list, description="For information; they change under a newer version, also once it is invoiced"
    )


class _DeCaisse:
    """Any JSON value to whoever validates; the schema of an item to whoever reads the contract."""

    def __init__(self, element: type[Entree]) -> None:
        self.element = element

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(self.element.__pydantic_core_schema__)


UneCommande: TypeAlias = Annotated[Any, _DeCaisse(CommandePoussee)]
UneFacture: TypeAlias = Annotated[Any, _DeCaisse(FacturePoussee)]
UnClient: TypeAlias = Annotated[Any, _DeCaisse(ClientPousse)]


class Periode(Entree):
    """The envelope of a push that has a period: its end, and what happens when something of it is refused."""

    date_fin: Jour = Field(description="The last day of the period, D: what is dated in the window before it is taken")
    fenetre_jours: Annotated[int, Field(strict=True, ge=0, le=366)] | None = Field(
        default=None,
        description="MAG-25: a longer window than the shop's, for a till that was away; needs the scope `derogation`",
    )
    atomique: Booleen = Field(default=False, description="API-07: all of it, or nothing when one is not taken")


class CommandesPoussees(Periode):
    """The orders of a period (MAG-10)."""

    model_config = exemples(
        {
            "date_fin": "2026-11-23",
            "commandes": [
                {
                    "reference": "T1-000123",
                    "version": 1,
                    "date": "2026-11-22",
                    "date_livraison": "2026-11-24",
                    "heure_livraison": "08:30",
                    "client": {"numero": "M0007", "nom": "Mme Dupont", "telephone": "081 22 33 44"},
                    "paye": "10.00",
                    "lignes": [{"article": "BAG", "quantite": "3", "prix_tvac": "0.90", "memo": "bien cuite"}],
                }
            ],
        }
    )

    commandes: Annotated[list[UneCommande], Field(max_length=ELEMENTS_MAX)]


class FacturesPoussees(Periode):
    """The sales of a period that are to be invoiced (MAG-18)."""

    model_config = exemples(
        {
            "date_fin": "2026-11-23",
            "factures": [
                {
                    "reference": "T1-004711",
                    "version": 1,
                    "date": "2026-11-22",
                    "client": {"numero": "M0012", "nom": "Hôtel du Parc", "numero_tva": "BE0403170701"},
                    "reference_commande": "T1-000098",
                    "total_tvac": "9.00",
                    "lignes": [{"article": "BAG", "quantite": "10", "prix_tvac": "0.90"}],
                }
            ],
        }
    )

    factures: Annotated[list[UneFacture], Field(max_length=ELEMENTS_MAX)]


class ClientsPousses(Entree):
    """Clients of the till alone (MAG-16)."""

    model_config = exemples(
        {"clients": [{"numero": "M0007", "version": 2, "nom": "Mme Dupont", "telephone": "081 22 33 45"}]}
    )

    clients: Annotated[list[UnClient], Field(max_length=ELEMENTS_MAX)]


StatutPoussee = Literal["cree", "mis_a_jour", "inchange", "annule", "hors_periode", "desactive", "conflit", "refuse"]
"""What became of an item of a push (MAG-11)."""


class AvertissementPoussee(Sortie):
    """Something to look at; it never blocks (DOC-19)."""

    code: str
    pointeur: str | None
    detail: str
    champs: list[str] | None = Field(default=None, description="Of `champs_ignores`: what stays as the office has it")


class ResultatPoussee(Sortie):
    """What became of one item, in the order sent."""

    reference: str | None = Field(description="As pushed; null where it could not be read")
    statut: StatutPoussee
    document: UUID | None = None
    client: str | None = Field(default=None, description="Who the till's client is here")
    conflit: UUID | None = Field(default=None, description="MAG-13: what someone has to settle")
    avertissements: list[AvertissementPoussee] = Field(default_factory=list)
    erreurs: list[ErreurDeChamp] = Field(default_factory=list, description="Why it was not taken, and the field")


class BilanPoussee(Sortie):
    """The answer to a push: an outcome per item (MAG-11), and how many there are of each."""

    resultats: list[ResultatPoussee]
    resume: dict[StatutPoussee, int]


class PaiementSortie(Sortie):
    """How a sale was paid at the till."""

    mode: str
    date: Jour
    montant: Montant


class ReferenceSortie(Sortie):
    """What is known of a reference, as the journal tells it where no document does."""

    magasin: str
    genre: str
    reference: str
    date: Jour
    version: int
    annulee: bool
