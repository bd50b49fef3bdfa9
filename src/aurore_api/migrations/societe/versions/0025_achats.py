"""Documents of suppliers: who they are made for, and what lines of purchase say more (FOU-02)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0025"
down_revision: str | None = "societe_0024"

ACHATS = "'appel_offre', 'commande_fournisseur', 'reception', 'attente_imputation'"


def upgrade() -> None:
    """Add them; the documents there are have clients."""
    schema = op.get_context().opts["version_table_schema"]
    op.alter_column("documents", "client", nullable=True, schema=schema)
    op.add_column("documents", sa.Column("fournisseur", sa.Text(), nullable=True), schema=schema)
    op.create_foreign_key(
        op.f("fk_documents_fournisseur"),
        "documents",
        "fournisseurs",
        ["fournisseur"],
        ["numero"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_check_constraint(
        op.f("ck_documents_tiers"),
        "documents",
        f"(fournisseur IS NOT NULL) = (type IN ({ACHATS})) AND (client IS NULL) = (fournisseur IS NOT NULL)",
        schema=schema,
    )
    op.create_index("ix_documents_fournisseur_date", "documents", ["fournisseur", "date", "id"], schema=schema)
    op.add_column("lignes", sa.Column("frais", sa.Numeric(precision=14, scale=4), nullable=True), schema=schema)
    op.create_check_constraint(
        op.f("ck_lignes_frais"), "lignes", "frais >= 0 AND (genre = 'article' OR frais IS NULL)", schema=schema
    )
    op.add_column("lignes", sa.Column("numero_article_fournisseur", sa.Text(), nullable=True), schema=schema)
    op.alter_column("numeros_effaces", "client", nullable=True, schema=schema)
    op.add_column("numeros_effaces", sa.Column("fournisseur", sa.Text(), nullable=True), schema=schema)
