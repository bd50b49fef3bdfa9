"""Sales that are to be invoiced: where they came from, how they were paid, and which days tills have covered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0033"
down_revision: str | None = "societe_0032"


def upgrade() -> None:
    """Add them; nothing was invoiced at once before, and no push is known."""
    schema = op.get_context().opts["version_table_schema"]
    op.add_column(
        "documents",
        sa.Column("facturation_immediate", sa.Boolean(), nullable=False, server_default=sa.false()),
        schema=schema,
    )
    op.alter_column("documents", "facturation_immediate", server_default=None, schema=schema)
    op.add_column("references_magasin", sa.Column("origine", sa.Text(), nullable=True), schema=schema)
    op.add_column("references_magasin", sa.Column("paiements", postgresql.JSONB(), nullable=True), schema=schema)
    op.create_index(
        "ix_references_magasin_origine",
        "references_magasin",
        ["magasin", "origine"],
        schema="societe",
        postgresql_where=sa.text("origine IS NOT NULL"),
    )
    op.create_table(
        "poussees_magasin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("magasin", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("du", sa.Date(), nullable=False),
        sa.Column("au", sa.Date(), nullable=False),
        sa.Column("elements", sa.BigInteger(), nullable=False),
        sa.Column("recue_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cle", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("genre IN ('commande', 'facture')", name=op.f("ck_poussees_magasin_genre")),
        sa.CheckConstraint("du <= au", name=op.f("ck_poussees_magasin_jours")),
        sa.ForeignKeyConstraint(["magasin"], ["societe.magasins.code"], name=op.f("fk_poussees_magasin_magasin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poussees_magasin")),
        schema="societe",
    )
    op.create_index("ix_poussees_magasin_jours", "poussees_magasin", ["magasin", "genre", "au"], schema="societe")
