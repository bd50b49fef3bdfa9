"""The till: shops, what they pushed, who their clients are; which documents come from them, and what is closed."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0028"
down_revision: str | None = "societe_0027"

_GENRES = "genre IN ('commande', 'facture')"


def upgrade() -> None:
    """Add them; there were no shops."""
    schema = op.get_context().opts["version_table_schema"]
    _magasins()
    _documents(schema)
    _clients()
    _references()
    _conflits()
    op.execute(f"""
        CREATE FUNCTION "{schema}".liberer_references() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE format('DELETE FROM %I.references_prises WHERE document = $1', TG_TABLE_SCHEMA) USING NEW.id;
            RETURN NULL;
        END $$
    """)  # noqa: S608 (names of our own)
    op.execute(f"""
        CREATE TRIGGER documents_annules AFTER UPDATE OF etat ON "{schema}".documents
        FOR EACH ROW WHEN (NEW.etat = 'annule' AND NEW.magasin IS NOT NULL)
        EXECUTE FUNCTION "{schema}".liberer_references()
    """)


def _texte(nom: str, *, vide: bool = False) -> sa.Column[Any]:
    return sa.Column(nom, sa.Text(), nullable=vide)


def _instant(nom: str, *, vide: bool = False) -> sa.Column[Any]:
    return sa.Column(nom, sa.DateTime(timezone=True), nullable=vide)


def _vers(colonne: str, visee: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [colonne], [f"societe.{visee}"], name=op.f(f"fk_{table}_{colonne}"), ondelete=ondelete
    )


def _magasins() -> None:
    interrupteurs = (
        "actif",
        "synchro_commandes",
        "synchro_clients",
        "synchro_factures",
        "liste_commandes",
        "liste_commandes_demain",
        "imprimer_notes_envoi",
        "notes_envoi_j_moins_1",
        "imprimer_production",
    )
    op.create_table(
        "magasins",
        sa.Column("version", sa.BigInteger(), nullable=False),
        _texte("code"),
        _texte("nom"),
        _texte("client", vide=True),
        *(sa.Column(nom, sa.Boolean(), nullable=False) for nom in interrupteurs),
        sa.Column("familles_patisserie", postgresql.JSONB(), nullable=False),
        sa.Column("reste_j_plus", sa.SmallInteger(), nullable=False),
        _texte("client_reste"),
        sa.Column("fenetre_commandes", sa.SmallInteger(), nullable=False),
        sa.Column("fenetre_factures", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("reste_j_plus BETWEEN 0 AND 60", name=op.f("ck_magasins_reste_j_plus")),
        sa.CheckConstraint("fenetre_commandes BETWEEN 0 AND 366", name=op.f("ck_magasins_fenetre_commandes")),
        sa.CheckConstraint("fenetre_factures BETWEEN 0 AND 366", name=op.f("ck_magasins_fenetre_factures")),
        _vers("client", "clients.numero", "magasins"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_magasins")),
        schema="societe",
    )
    op.create_index("ix_magasins_client", "magasins", ["client"], schema="societe")


def _documents(schema: str) -> None:
    for nom in ("heure_livraison", "magasin", "reference_magasin"):
        op.add_column("documents", _texte(nom, vide=True), schema=schema)
    op.add_column("documents", _instant("cloture_le", vide=True), schema=schema)
    op.create_foreign_key(
        op.f("fk_documents_magasin"), "documents", "magasins", ["magasin"], ["code"],
        source_schema="societe", referent_schema="societe",
    )  # fmt: skip
    op.create_check_constraint(
        op.f("ck_documents_reference_magasin"),
        "documents",
        "reference_magasin IS NULL OR magasin IS NOT NULL",
        schema=schema,
    )
    op.create_check_constraint(
        op.f("ck_documents_cloture"),
        "documents",
        "cloture_le IS NULL OR (type = 'commande' AND magasin IS NOT NULL)",
        schema=schema,
    )
    du_magasin = sa.text("magasin IS NOT NULL")
    for nom, colonnes in (
        ("ix_documents_magasin", ["magasin", "date", "id"]),
        ("ix_documents_magasin_livraison", ["date_livraison_prevue", "magasin"]),
    ):
        op.create_index(nom, "documents", colonnes, schema="societe", postgresql_where=du_magasin)


def _clients() -> None:
    op.create_table(
        "clients_magasin",
        _texte("magasin"),
        _texte("numero"),
        _texte("client"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        _texte("empreinte", vide=True),
        sa.Column("adresse", sa.BigInteger(), nullable=True),
        _vers("magasin", "magasins.code", "clients_magasin"),
        _vers("client", "clients.numero", "clients_magasin"),
        _vers("adresse", "adresses.id", "clients_magasin", "SET NULL"),
        sa.PrimaryKeyConstraint("magasin", "numero", name=op.f("pk_clients_magasin")),
        schema="societe",
    )
    for nom in ("client", "adresse"):
        op.create_index(f"ix_clients_magasin_{nom}", "clients_magasin", [nom], schema="societe")


def _references() -> None:
    op.create_table(
        "references_magasin",
        _texte("magasin"),
        _texte("genre"),
        _texte("reference"),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        _texte("empreinte"),
        sa.Column("annulee", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=True),
        _instant("recue_le"),
        _instant("changee_le"),
        sa.CheckConstraint(_GENRES, name=op.f("ck_references_magasin_genre")),
        _vers("magasin", "magasins.code", "references_magasin"),
        _vers("document", "documents.id", "references_magasin", "SET NULL"),
        sa.PrimaryKeyConstraint("magasin", "genre", "reference", name=op.f("pk_references_magasin")),
        schema="societe",
    )
    op.create_index("ix_references_magasin_date", "references_magasin", ["magasin", "date"], schema="societe")
    op.create_index("uq_references_magasin_document", "references_magasin", ["document"], unique=True, schema="societe")
    op.create_table(
        "references_prises",
        _texte("magasin"),
        _texte("reference"),
        _texte("genre"),
        _texte("role"),
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.CheckConstraint(_GENRES, name=op.f("ck_references_prises_genre")),
        sa.CheckConstraint("role IN ('propre', 'origine')", name=op.f("ck_references_prises_role")),
        sa.CheckConstraint("genre = 'facture' OR role = 'propre'", name=op.f("ck_references_prises_origine")),
        _vers("magasin", "magasins.code", "references_prises"),
        _vers("document", "documents.id", "references_prises", "CASCADE"),
        sa.PrimaryKeyConstraint("magasin", "reference", name=op.f("pk_references_prises")),
        schema="societe",
    )
    op.create_index(
        "uq_references_prises_document", "references_prises", ["document", "role"], unique=True, schema="societe"
    )


def _conflits() -> None:
    op.create_table(
        "conflits_magasin",
        sa.Column("id", sa.Uuid(), nullable=False),
        _texte("magasin"),
        _texte("genre"),
        _texte("reference"),
        sa.Column("document", sa.Uuid(), nullable=True),
        _texte("motif"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        _texte("empreinte"),
        sa.Column("recu", postgresql.JSONB(), nullable=False),
        _instant("cree_le"),
        _instant("change_le"),
        _texte("decision", vide=True),
        _texte("note", vide=True),
        _instant("regle_le", vide=True),
        sa.CheckConstraint(_GENRES, name=op.f("ck_conflits_magasin_genre")),
        sa.CheckConstraint("(decision IS NULL) = (regle_le IS NULL)", name=op.f("ck_conflits_magasin_regle")),
        sa.CheckConstraint("decision IN ('garder', 'prendre', 'a_la_main')", name=op.f("ck_conflits_magasin_decision")),
        _vers("magasin", "magasins.code", "conflits_magasin"),
        _vers("document", "documents.id", "conflits_magasin", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflits_magasin")),
        schema="societe",
    )
    op.create_index(
        "uq_conflits_magasin_ouvert",
        "conflits_magasin",
        ["magasin", "genre", "reference"],
        unique=True,
        schema="societe",
        postgresql_where=sa.text("regle_le IS NULL"),
    )
    op.create_index("ix_conflits_magasin_magasin", "conflits_magasin", ["magasin", "id"], schema="societe")
    op.create_index("ix_conflits_magasin_document", "conflits_magasin", ["document"], schema="societe")
