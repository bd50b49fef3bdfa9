"""Sociétés and keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "commun_0001"
down_revision: str | None = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "societes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("schema_nom", sa.Text(), nullable=False),
        sa.Column("fuseau", sa.Text(), nullable=False),
        sa.Column("creee_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_societes")),
        sa.UniqueConstraint("schema_nom", name=op.f("uq_societes_schema_nom")),
        schema="aurore",
    )
    op.create_table(
        "cles",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("societe", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("prefixe", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("portees", postgresql.JSONB(), nullable=False),
        sa.Column("creee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoquee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("derniere_utilisation", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(empreinte) = 64", name=op.f("ck_cles_empreinte")),
        sa.ForeignKeyConstraint(["societe"], ["aurore.societes.code"], name=op.f("fk_cles_societe")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cles")),
        sa.UniqueConstraint("empreinte", name=op.f("uq_cles_empreinte")),
        schema="aurore",
    )
    op.create_index(op.f("ix_cles_societe"), "cles", ["societe"], unique=False, schema="aurore")
