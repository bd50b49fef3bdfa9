"""Standing orders in JSON. Quantities are in `unite_commande`, in the article's base unit where that is null."""

from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.documents.sorties import Avertissement
from aurore_api.erreurs import ErreurDeChamp
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.periodes import dans_l_ordre
from aurore_api.socle.types import (
    Booleen,
    Court,
    Entree,
    Jour,
    Libelle,
    NumeroArticle,
    NumeroClient,
    Quantite,
    Sortie,
    Version,
    exemples,
)

LIGNES_MAX, SAISONS_MAX, CLIENTS_MAX = 500, 12, 2000
JourIso = Literal["1", "2", "3", "4", "5", "6", "7"]
"""A weekday, `1` is Monday."""
_MOIS_LONGS, _MOIS_COURTS = r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])", r"(0[469]|11)-(0[1-9]|[12][0-9]|30)"
JourDeLAnnee = Annotated[str, StringConstraints(pattern=rf"^({_MOIS_LONGS}|{_MOIS_COURTS}|02-(0[1-9]|[12][0-9]))$")]
"""A day that comes back each year, `MM-DD`; 29 February stands before 1 March in every year."""


def _jours_connus(jours: Any) -> Any:
    """Refuse another weekday by a code of its own, before its quantity is looked at."""
    if isinstance(jours, dict) and not jours.keys() <= set("1234567"):
        raise PydanticCustomError("jour_de_semaine_inconnu", "weekdays are written 1 to 7")
    return jours


class Saison(Entree):
    """Days of each year, both included; a season that ends before it begins holds over new year."""

    du: JourDeLAnnee
    au: JourDeLAnnee


class LigneType(Entree):
    """An article and its quantity on each weekday that has one."""

    article: NumeroArticle
    unite_commande: Court | None = Field(default=None, description="One of the article's supplementary units")
    jours: Annotated[dict[JourIso, Quantite], Field(min_length=1), BeforeValidator(_jours_connus)] = Field(
        description="By weekday, 1 is Monday; in `unite_commande`, in base unit where that is null"
    )


class CommandeTypeEntree(Entree):
    """A standing order (CLI-07)."""

    model_config = exemples(
        {
            "du": "2026-11-01",
            "au": None,
            "lignes": [{"article": "BAG", "jours": {"1": "20", "2": "20", "6": "35"}}],
        }
    )

    libelle: Libelle | None = None
    du: Jour
    au: Jour | None = Field(default=None, description="Last day; null: without end")
    saisons: Annotated[list[Saison], Field(max_length=SAISONS_MAX)] = Field(
        default=[], description="When of the year it holds; all year where there is none"
    )
    lignes: Annotated[list[LigneType], Field(min_length=1, max_length=LIGNES_MAX)]

    _ordre = field_validator("au")(dans_l_ordre)


class AvertissementCommandeType(Sortie):
    """Something to look at; it never blocks."""

    code: Literal["article_retire", "exception_sans_ligne", "exception_hors_periode", "client_ferme"]
    pointeur: str | None
    detail: str


Avertissements: TypeAlias = list[AvertissementCommandeType]


class CommandeTypeSortie(Sortie):
    """A standing order as it is; its overrides and pauses are read beside it."""

    id: int
    client: str
    libelle: str | None
    du: Jour
    au: Jour | None
    saisons: list[Saison]
    lignes: list[LigneType]
    version: Version
    avertissements: Avertissements = Field(default_factory=list)


class ExceptionCommandeTypeEntree(Entree):
    """The quantity of an article on one day, 0 included, whatever the standing order says.

    It beats a pause, a season and the validity, for that article; only a day on which the client is closed beats it. An
    article that the standing order has not is added for that day.
    """

    model_config = exemples({"date": "2026-11-30", "article": "BAG", "quantite": "0"})

    date: Jour
    article: NumeroArticle
    quantite: Quantite = Field(description="In `unite_commande`, in base unit where that is null")
    unite_commande: Court | None = Field(default=None, description="Need not be the line's")


class ExceptionCommandeTypeSortie(Sortie):
    """An override as it is."""

    id: int
    commande_type: int
    date: Jour
    article: str
    quantite: Quantite
    unite_commande: str | None
    version: Version
    avertissements: Avertissements = Field(default_factory=list)


class PauseEntree(Entree):
    """Days on which the standing order rests, but for its overrides."""

    model_config = exemples({"du": "2026-12-21", "au": "2027-01-03"})

    du: Jour
    au: Jour | None = Field(description="Last day; null: until further notice")

    _ordre = field_validator("au")(dans_l_ordre)


class PauseSortie(Sortie):
    """A pause as it is."""

    id: int
    commande_type: int
    du: Jour
    au: Jour | None
    version: Version


class FiltrePrevisions(Entree):
    """Which day, and of whom."""

    date: Jour
    client: NumeroClient | None = None


class LignePrevision(Sortie):
    """What the standing orders of a client ask for of an article, in base unit."""

    client: str
    article: str
    designation: str
    unite: str
    quantite: Quantite
    quantite_convertie: Quantite = Field(description="That part of it for which a commande was made already")


class PrevisionsSortie(Sortie):
    """What all standing orders ask for on a day, of clients that are active and open then."""

    date: Jour
    lignes: list[LignePrevision]


class ConversionsEntree(Entree):
    """Make commandes of the standing orders for a delivery day."""

    model_config = exemples({"date": "2026-11-24"})

    date: Jour = Field(description="The day of delivery")
    clients: Annotated[list[NumeroClient], Field(min_length=1, max_length=CLIENTS_MAX)] | None = Field(
        default=None, description="Every active client that has standing orders, by default"
    )
    recreer: Booleen = Field(
        default=False, description="Also where a commande was made before and is deleted or annulled now"
    )


StatutConversion = Literal["cree", "deja_cree", "ferme", "rien", "refuse"]


class ResultatConversion(Sortie):
    """What became of one client."""

    client: str
    statut: StatutConversion
    document: UUID | None = Field(description="The commande, made now or before; null where it is deleted")
    commandes_types: list[int] = Field(description="The standing orders that the commande is made of")
    differe: bool = Field(description="They ask for something else now than when their commande was made")
    erreurs: list[ErreurDeChamp] = Field(description="Why it was refused; pointers are those of the commande")
    avertissements: list[Avertissement]


class ConversionsSortie(Sortie):
    """One outcome per client, by number; one that is refused never stops the others."""

    date: Jour
    resultats: list[ResultatConversion]
    resume: dict[StatutConversion, int] = Field(description="How many there are of each outcome")


class FiltreConversions(Pagination):
    """Which conversions."""

    date: Jour | None = None
    client: NumeroClient | None = None


class ConversionSortie(Sortie):
    """The commande that replaces a standing order on a day; `document` is null once it is deleted."""

    commande_type: int
    date: Jour
    client: str
    document: UUID | None
