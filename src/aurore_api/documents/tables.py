"""Rows of documents and lines. Both satisfy the domain's protocols as they are.

Money in EUR with 2 decimals, prices 4, quantities up to 6, rates in % with 2.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, Relationship

from aurore_api.documents.en_texte import EtatEnTexte, NatureEnTexte, TypeEnTexte
from aurore_api.documents.facteurs import conversion_lue
from aurore_api.documents.taxes import TaxeDeLigne, chargees
from aurore_api.socle.colonnes import SOCIETE, Instant, Json, Ligne, Versionnee
from aurore_domain.cycle import Etat, Nature, TypeDocument
from aurore_domain.lignes import Genre
from aurore_domain.montants import ZERO
from aurore_domain.prix import Regle
from aurore_domain.prix_achat import RegleAchat, prix_entree
from aurore_domain.stock import Ingredient
from aurore_domain.tiers import est_achat
from aurore_domain.tva import Lettre, Traitement
from aurore_domain.unites import Conversion, Saisie

Jour = date
"""`date` under another name: fields are called `date` too."""
_TYPES = ", ".join(f"'{un}'" for un in TypeDocument)
_ACHATS = ", ".join(f"'{un}'" for un in TypeDocument if est_achat(un))
_ETATS = ", ".join(f"'{un}'" for un in Etat)


def _reference(table: str, cle: str = "code") -> Any:
    return Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.{table}.{cle}")


class Acompte(Ligne, table=True):
    """A deposit on a document, in EUR (DOC-16).

    `transfere_vers` is the document that it went along to, and `origine` the one that a deposit which came along is the
    copy of: a deposit counts where its `transfere_vers` is null, once in a chain (TRF-04).
    """

    __tablename__ = "acomptes"
    __table_args__ = (
        CheckConstraint("montant > 0", name="montant"),
        Index("ix_acomptes_document", "document"),
        Index("ix_acomptes_origine", "origine"),
        Index("ix_acomptes_transfere_vers", "transfere_vers", postgresql_where=text("transfere_vers IS NOT NULL")),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    document: UUID = Field(foreign_key=f"{SOCIETE}.documents.id", ondelete="CASCADE")
    date: Jour = Field(sa_type=Date)
    montant: Decimal = Field(max_digits=14, decimal_places=2)
    mode_paiement: str | None = _reference("modes_paiement")
    reference: str | None = Field(default=None, sa_type=Text)
    origine: UUID | None = Field(default=None, foreign_key=f"{SOCIETE}.acomptes.id", ondelete="SET NULL")
    transfere_vers: UUID | None = Field(default=None)


class Document(Versionnee, Ligne, table=True):
    """A document's header. What it prints of others (client, labels) is copied into it.

    It is made for a client or for a supplier, as its type says; `client_copie` is the copy of either.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("exercice", "type", "numero"),
        CheckConstraint(f"type IN ({_TYPES})", name="type"),
        CheckConstraint(f"etat IN ({_ETATS})", name="etat"),
        CheckConstraint("(numero IS NULL) = (exercice IS NULL)", name="numero_dans_exercice"),
        CheckConstraint("numero IS NULL OR numero > 0", name="numero_positif"),
        CheckConstraint(
            f"(fournisseur IS NOT NULL) = (type IN ({_ACHATS})) AND (client IS NULL) = (fournisseur IS NOT NULL)",
            name="tiers",
        ),
        CheckConstraint("reouvert_le IS NULL OR numero IS NOT NULL", name="reouvert"),
        CheckConstraint("reference_magasin IS NULL OR magasin IS NOT NULL", name="reference_magasin"),
        CheckConstraint("cloture_le IS NULL OR (type = 'commande' AND magasin IS NOT NULL)", name="cloture"),
        Index("ix_documents_type_date", "type", "date", "id"),
        Index("ix_documents_client_date", "client", "date", "id"),
        Index("ix_documents_fournisseur_date", "fournisseur", "date", "id"),
        Index(
            "ix_documents_references",
            "client",
            "vos_references",
            postgresql_where=text("vos_references IS NOT NULL"),
        ),
        Index("ix_documents_etat_date", "etat", "date", "id"),
        Index("ix_documents_date", "date", "id"),
        Index("ix_documents_cree_le", "cree_le", "id"),
        Index("ix_documents_total_tvac", "total_tvac", "id"),
        Index(
            "ix_documents_livraison",
            "date_livraison_prevue",
            "id",
            postgresql_where=text("date_livraison_prevue IS NOT NULL"),
        ),
        Index("ix_documents_tournee", "tournee", "date", "id", postgresql_where=text("tournee IS NOT NULL")),
        Index("ix_documents_magasin", "magasin", "date", "id", postgresql_where=text("magasin IS NOT NULL")),
        Index(
            "ix_documents_magasin_livraison",
            "date_livraison_prevue",
            "magasin",
            postgresql_where=text("magasin IS NOT NULL"),
        ),
        Index(
            "ix_documents_frais", "frais_transferes_vers", postgresql_where=text("frais_transferes_vers IS NOT NULL")
        ),
        Index(
            "ix_documents_recherche",
            "recherche",
            postgresql_using="gin",
            postgresql_ops={"recherche": "gin_trgm_ops"},
        ),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    type: TypeDocument = Field(sa_type=TypeEnTexte)
    etat: Etat = Field(sa_type=EtatEnTexte)
    exercice: str | None = _reference("exercices")
    numero: int | None = Field(default=None, sa_type=BigInteger)
    numero_affiche: str | None = Field(default=None, sa_type=Text)
    date: Jour = Field(sa_type=Date)
    date_commande: Jour | None = Field(default=None, sa_type=Date)
    client: str | None = _reference("clients", "numero")
    fournisseur: str | None = _reference("fournisseurs", "numero")
    client_copie: dict[str, Any] = Field(sa_type=Json)
    adresse_livraison: dict[str, Any] | None = Field(default=None, sa_type=Json)
    vos_references: str | None = Field(default=None, sa_type=Text)
    contact: str | None = Field(default=None, sa_type=Text)
    remarque_interne: str | None = Field(default=None, sa_type=Text)
    date_livraison_prevue: Jour | None = Field(default=None, sa_type=Date)
    representant: str | None = _reference("representants")
    code_statistique: str | None = _reference("codes_statistiques")
    profil: str | None = _reference("profils")
    impression_directe: bool = Field(default=False)
    tarif: str | None = _reference("tarifs")
    remise: Decimal = Field(default=Decimal(0), max_digits=5, decimal_places=2)
    categorie_tva: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.categories_tva.code")
    prix_tvac: bool = Field(default=False)
    echeance: str | None = _reference("echeances")
    date_echeance: Jour | None = Field(default=None, sa_type=Date)
    escompte: str | None = _reference("escomptes")
    depot: str | None = _reference("depots")
    textes: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    mode_livraison: str | None = _reference("modes_livraison")
    montant_livraison: Decimal = Field(default=Decimal(0), max_digits=14, decimal_places=2)
    frais_transferes_vers: UUID | None = Field(default=None)
    poids: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    poids_calcule: Decimal = Field(default=Decimal(0), max_digits=18, decimal_places=6)
    colis: int | None = Field(default=None, sa_type=BigInteger)
    palettes: int | None = Field(default=None, sa_type=BigInteger)
    tournee: str | None = _reference("tournees", "numero")
    ordre_tournee: int | None = Field(default=None, sa_type=BigInteger)
    mode_paiement: str | None = _reference("modes_paiement")
    iban_domiciliation: str | None = Field(default=None, sa_type=Text)
    communication: str | None = Field(default=None, sa_type=Text)
    total_htva: Decimal = Field(default=Decimal(0), max_digits=14, decimal_places=2)
    total_tvac: Decimal = Field(default=Decimal(0), max_digits=14, decimal_places=2)
    totaux: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    nombre_impressions: int = Field(default=0, sa_type=BigInteger)
    numerote_le: datetime | None = Field(default=None, sa_type=Instant)
    emis_le: datetime | None = Field(default=None, sa_type=Instant)
    reouvert_le: datetime | None = Field(default=None, sa_type=Instant)
    back_order: bool = Field(default=False)
    impression: dict[str, Any] | None = Field(default=None, sa_type=Json)
    recherche: str = Field(default="", sa_type=Text)
    cree_le: datetime = Field(sa_type=Instant)
    tardive: bool = Field(default=False)
    facturation_immediate: bool = Field(default=False)
    heure_livraison: str | None = Field(default=None, sa_type=Text)
    magasin: str | None = _reference("magasins")
    reference_magasin: str | None = Field(default=None, sa_type=Text)
    cloture_le: datetime | None = Field(default=None, sa_type=Instant)
    acomptes: list[Acompte] = Relationship(
        sa_relationship_kwargs={"lazy": "selectin", "order_by": "Acompte.date, Acompte.id", "passive_deletes": "all"}
    )
    """Its deposits, read with it by a statement of their own, after its lock where it is locked."""

    @property
    def tiers(self) -> str:
        """The number of the client or supplier that it is made for."""
        return self.client or self.fournisseur or ""


class LigneDocument(Ligne, table=True):
    """A line, ordered by `ordre`. `origine` is the line it was transferred from, `nature` how (TRF-07).

    A note de crédit's `credite` is the facture's line that it corrects, directly or through a retour (CAL-15); with
    `refacture` what it credits became billable again where that facture had it from (TRF-09). `livre_a` is the client
    that has the goods where the document is made out to another, which pays (CLI-05, CLI-12).
    """

    __tablename__ = "lignes"
    __table_args__ = (
        UniqueConstraint("document", "ordre"),
        CheckConstraint("genre IN ('article', 'libre', 'commentaire')", name="genre"),
        CheckConstraint("genre = 'article' OR article IS NULL", name="article"),
        CheckConstraint("frais >= 0 AND (genre = 'article' OR frais IS NULL)", name="frais"),
        CheckConstraint("genre <> 'commentaire' OR (quantite IS NULL AND prix IS NULL)", name="commentaire"),
        CheckConstraint("back_order > 0", name="back_order"),
        UniqueConstraint("back_order_de"),
        # Given up is part of what was ordered, with its sign (TRF-08).
        CheckConstraint(
            "abs(quantite_abandonnee) <= abs(coalesce(quantite, 0)) AND quantite_abandonnee * quantite >= 0",
            name="abandonnee",
        ),
        CheckConstraint(
            "abs(quantite_unite_commande_abandonnee) <= abs(coalesce(quantite_unite_commande, 0))"
            " AND quantite_unite_commande_abandonnee * quantite_unite_commande >= 0",
            name="unite_commande_abandonnee",
        ),
        CheckConstraint("article IS NULL OR depot IS NOT NULL", name="depot"),
        Index("ix_lignes_origine", "origine", postgresql_where=text("origine IS NOT NULL")),
        Index("ix_lignes_credite", "credite", postgresql_where=text("credite IS NOT NULL")),
        Index("ix_lignes_livre_a", "livre_a", postgresql_where=text("livre_a IS NOT NULL")),
        Index(
            "ix_lignes_livraison",
            "date_livraison",
            postgresql_where=text("date_livraison IS NOT NULL AND article IS NOT NULL"),
        ),
        Index("ix_lignes_article", "article", postgresql_where=text("article IS NOT NULL")),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    document: UUID = Field(foreign_key=f"{SOCIETE}.documents.id", ondelete="CASCADE")
    ordre: int = Field(sa_type=Integer)
    genre: Genre = Field(sa_type=Text)
    article: str | None = _reference("articles", "numero")
    designation: str = Field(sa_type=Text)
    memo: str | None = Field(default=None, sa_type=Text)
    quantite: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    unite: str | None = _reference("unites")
    quantite_unite_commande: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    unite_commande: str | None = Field(default=None, sa_type=Text)
    saisie: Saisie | None = Field(default=None, sa_type=Text)
    facteurs: dict[str, Any] | None = Field(default=None, sa_type=Json)
    prix: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    regle_prix: Regle | RegleAchat | None = Field(default=None, sa_type=Text)
    remise: Decimal = Field(default=Decimal(0), max_digits=5, decimal_places=2)
    remise_saisie: bool = Field(default=False)
    frais: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    numero_article_fournisseur: str | None = Field(default=None, sa_type=Text)
    code_tva: str | None = _reference("codes_tva")
    categorie: Lettre | None = Field(default=None, sa_type=Text)
    taux_tva: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    taux_fige: bool = Field(default=False)
    imputation: str | None = _reference("imputations")
    date_livraison: date | None = Field(default=None, sa_type=Date)
    depot: str | None = _reference("depots")
    taxe: bool = Field(default=False)
    taxes_copiees: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    sous_total: bool = Field(default=False)
    plan_analytique: str | None = _reference("plans_analytiques")
    compte_analytique: str | None = _reference("comptes_analytiques")
    mise_a_jour_stock: bool = Field(default=True)
    composition: list[tuple[str, str]] | None = Field(default=None, sa_type=Json)
    date_stock: date | None = Field(default=None, sa_type=Date)
    livre_a: str | None = _reference("clients", "numero")
    vidange: bool = Field(default=False)
    poids_unitaire: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    montant_htva: Decimal = Field(default=Decimal(0), max_digits=14, decimal_places=2)
    montant_tvac: Decimal | None = Field(default=None, max_digits=14, decimal_places=2)
    montant_sous_total: Decimal | None = Field(default=None, max_digits=14, decimal_places=2)
    quantite_transferee: Decimal = Field(default=Decimal(0), max_digits=15, decimal_places=6)
    quantite_unite_commande_transferee: Decimal = Field(default=Decimal(0), max_digits=15, decimal_places=6)
    quantite_retournee: Decimal = Field(default=Decimal(0), max_digits=15, decimal_places=6)
    quantite_abandonnee: Decimal = Field(default=Decimal(0), max_digits=15, decimal_places=6)
    quantite_unite_commande_abandonnee: Decimal = Field(default=Decimal(0), max_digits=15, decimal_places=6)
    back_order: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    back_order_de: UUID | None = Field(default=None, foreign_key=f"{SOCIETE}.lignes.id", ondelete="SET NULL")
    origine: UUID | None = Field(default=None, foreign_key=f"{SOCIETE}.lignes.id", ondelete="SET NULL")
    nature: Nature | None = Field(default=None, sa_type=NatureEnTexte)
    credite: UUID | None = Field(default=None, foreign_key=f"{SOCIETE}.lignes.id")
    refacture: bool = Field(default=False)

    @property
    def conversion(self) -> Conversion | None:
        """The order unit's conversion as it was when the line was entered."""
        return None if self.facteurs is None else conversion_lue(**self.facteurs)

    @property
    def ingredients(self) -> tuple[Ingredient, ...] | None:
        """What moved in the article's place when the line was entered (ART-11)."""
        if self.composition is None:
            return None
        return tuple(Ingredient(article, Decimal(quantite)) for article, quantite in self.composition)

    @property
    def prix_entree(self) -> Decimal | None:
        """What a base unit that was bought has cost: net of discount, costs included (CAL-12)."""
        return None if self.prix is None else prix_entree(self.prix, self.remise, self.frais_entree)

    @property
    def frais_entree(self) -> Decimal:
        """The costs in `prix_entree`."""
        return self.frais or ZERO

    @property
    def traitement(self) -> Traitement | None:
        """How the line is taxed; None for a line without VAT code."""
        if self.categorie is None or self.taux_tva is None:
            return None
        return Traitement(self.categorie, self.taux_tva)

    @property
    def taxes(self) -> tuple[TaxeDeLigne, ...]:
        """The taxes charged on the line, where it is flagged (CAL-06)."""
        return chargees(self.taxes_copiees) if self.taxe else ()


class Abandon(Ligne, table=True):
    """What was given up in one go, why, and whether it was taken back (TRF-08)."""

    __tablename__ = "abandons"

    id: UUID = Field(primary_key=True)
    motif: str = Field(sa_type=Text)
    cree_le: datetime = Field(sa_type=Instant)
    cle: int = Field(sa_type=BigInteger)
    repris_le: datetime | None = Field(default=None, sa_type=Instant)


class LigneAbandonnee(Ligne, table=True):
    """How much of a line was given up in one go."""

    __tablename__ = "lignes_abandonnees"
    __table_args__ = (
        PrimaryKeyConstraint("abandon", "ligne"),
        Index("ix_lignes_abandonnees_ligne", "ligne"),
        {"schema": SOCIETE},
    )

    abandon: UUID = Field(foreign_key=f"{SOCIETE}.abandons.id")
    ligne: UUID = Field(foreign_key=f"{SOCIETE}.lignes.id", ondelete="CASCADE")
    quantite: Decimal = Field(max_digits=15, decimal_places=6)
    quantite_unite_commande: Decimal = Field(default=Decimal(0), max_digits=15, decimal_places=6)


class NumeroEfface(Ligne, table=True):
    """A number whose document was erased, and why; the database lets nobody change it (EFF-02)."""

    __tablename__ = "numeros_effaces"
    __table_args__ = (
        PrimaryKeyConstraint("exercice", "type", "numero"),
        {"schema": SOCIETE},
    )

    exercice: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.exercices.code")
    type: TypeDocument = Field(sa_type=TypeEnTexte)
    numero: int = Field(sa_type=BigInteger)
    numero_affiche: str = Field(sa_type=Text)
    date: Jour = Field(sa_type=Date)
    client: str | None = Field(default=None, sa_type=Text)
    fournisseur: str | None = Field(default=None, sa_type=Text)
    motif: str = Field(sa_type=Text)
    efface_le: datetime = Field(sa_type=Instant)
    cle: int = Field(sa_type=BigInteger)
