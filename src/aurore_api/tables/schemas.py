"""What comes into the plain tables. What goes out is the same with its version (`sortie_de`)."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from aurore_api.socle.heures import HeureLimite
from aurore_api.socle.types import (
    Booleen,
    Code,
    Court,
    Decimales,
    Entree,
    Facteur,
    Jour,
    Libelle,
    MontantPositif,
    Pourcentage,
    exemples,
)
from aurore_domain.imputations import GenreImputation
from aurore_domain.tva import Regime

EURO = "EUR"
CodeDevise = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""Code of ISO 4217."""
CodeNomenclature = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
"""Code of the combined nomenclature, 8 digits."""
NumeroCompte = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,10}$")]
"""Number of a general account: its class is the first digit."""
CodeUnece = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,3}$")]
Jours = Annotated[int, Field(strict=True, ge=0, le=999)]
JourDuMois = Annotated[int, Field(strict=True, ge=1, le=31)]
JourDeSemaine = Annotated[int, Field(strict=True, ge=1, le=7)]


class CodeLibelleEntree(Entree):
    """A row that is only a code and what people call it."""

    code: Code
    libelle: Libelle


class FamilleEntree(CodeLibelleEntree):
    """A family of articles; its department is optional."""

    departement: Code | None = None


class UniteEntree(CodeLibelleEntree):
    """A unit; conversions into it are rounded to `decimales` (CAL-02)."""

    decimales: Decimales = 3
    code_unece: CodeUnece | None = Field(default=None, description="UN/ECE recommendation 20 code, for e-invoices")


class CategorieTvaEntree(CodeLibelleEntree):
    """A VAT category and the regime it follows (CAL-09)."""

    regime: Regime


class TauxDate(Entree):
    """A rate in % from a day on."""

    du: Jour
    taux: Pourcentage


class CodeTvaEntree(CodeLibelleEntree):
    """A rate class; the rate of a document is that of its date (CAL-07)."""

    model_config = exemples(
        {"code": "19", "libelle": "Taux normal DE", "taux": [{"du": "2007-01-01", "taux": "19.00"}]}
    )

    taux: Annotated[list[TauxDate], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _jours_distincts(self) -> Self:
        if len({un.du for un in self.taux}) < len(self.taux):
            raise PydanticCustomError("taux_le_meme_jour", "two rates start on one day")
        return self


class TaxeEntree(CodeLibelleEntree):
    """What articles may be charged with besides their price: a tax, or a deposit on what comes back (ART-07)."""

    model_config = exemples(
        {"code": "RECUPEL", "libelle": "Contribution Recupel"},
        {"code": "BAC", "libelle": "Bac consigné", "genre": "consigne"},
    )

    genre: Literal["taxe", "consigne"] = "taxe"


class DeviseEntree(CodeLibelleEntree):
    """A currency."""

    model_config = exemples({"code": "DKK", "libelle": "Couronne danoise", "cours": "7.4604"})

    code: CodeDevise
    decimales: Decimales = 2
    cours: Facteur | None = Field(default=None, description="How much of it one euro is; the euro itself has none")

    @field_validator("cours")
    @classmethod
    def _pas_de_l_euro(cls, cours: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if cours is not None and info.data.get("code") == EURO:
            raise PydanticCustomError("cours_de_l_euro", "the euro is what the others are stated in")
        return cours


class CodeIntrastatEntree(CodeLibelleEntree):
    """A commodity code of the combined nomenclature, and the unit it asks for besides the weight (ART-09)."""

    model_config = exemples({"code": "19059030", "libelle": "Pain"})

    code: CodeNomenclature
    unite_supplementaire: Court | None = Field(default=None, description="As the nomenclature writes it: `p/st`, `l`")


class CompteEntree(Entree):
    """An account of the chart of accounts (IMP-02)."""

    model_config = exemples({"numero": "700500", "libelle": "Ventes de glaces"})

    numero: NumeroCompte
    libelle: Libelle


class EmplacementEntree(CodeLibelleEntree):
    """A shelf place, in a warehouse or in none."""

    depot: Code | None = None


class ImputationEntree(CodeLibelleEntree):
    """A posting code of sales or of purchases; it stays that once something uses it."""

    genre: GenreImputation = "vente"


class EcheanceEntree(CodeLibelleEntree):
    """Due date: the date plus `jours`, then the end of that month, then a fixed day (PAI-01)."""

    jours: Jours = 0
    fin_de_mois: Booleen = False
    jour_fixe: JourDuMois | None = None


class EscompteEntree(Entree):
    """A cash discount: taken off at once (`deduit`) or if paid within `jours` (`conditionnel`) (CAL-08)."""

    model_config = exemples(
        {"code": "ED2", "genre": "deduit", "pourcentage": "2.00"},
        {"code": "EC3", "genre": "conditionnel", "pourcentage": "3.00", "jours": 8},
    )

    code: Code
    libelle: Libelle | None = None
    genre: Literal["deduit", "conditionnel"]
    pourcentage: Pourcentage
    jours: Jours | None = None

    @model_validator(mode="after")
    def _delai(self) -> Self:
        if (self.genre == "conditionnel") != (self.jours is not None):
            raise PydanticCustomError("escompte_delai", "days belong to a conditional discount, and to it only")
        return self


class ModePaiementEntree(CodeLibelleEntree):
    """A way of paying."""

    genre: Literal["especes", "carte", "virement", "domiciliation"]


class ModeLivraisonEntree(CodeLibelleEntree):
    """A way of delivering and its charge excluding VAT, shared over the goods unless it has its own VAT code."""

    montant: MontantPositif = Decimal("0.00")
    code_tva: Code | None = None


class RepresentantEntree(Entree):
    """A sales representative."""

    code: Code
    nom: Libelle


class TourneeEntree(Entree):
    """A delivery round; `jour` 1 is Monday."""

    numero: Code
    nom: Libelle
    jour: JourDeSemaine | None = None
    heure_limite: HeureLimite | None = Field(
        default=None, description="CLI-11: until when its clients order, where they have no time of their own"
    )


class CompteAnalytiqueEntree(CodeLibelleEntree):
    """An analytic account, in its plan."""

    plan: Code
