"""Deposits on documents."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0016"
down_revision: str | None = "societe_0015"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "acomptes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("montant", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("mode_paiement", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("origine", sa.Uuid(), nullable=True),
        sa.Column("transfere_vers", sa.Uuid(), nullable=True),
        sa.CheckConstraint("montant > 0", name=op.f("ck_acomptes_montant")),
        sa.ForeignKeyConstraint(
            ["document"], ["societe.documents.id"], name=op.f("fk_acomptes_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["origine"], ["societe.acomptes.id"], name=op.f("fk_acomptes_origine"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["mode_paiement"], ["societe.modes_paiement.code"], name=op.f("fk_acomptes_mode_paiement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acomptes")),
        schema="societe",
    )
    op.create_index("ix_acomptes_document", "acomptes", ["document"], unique=False, schema="societe")
    op.create_index("ix_acomptes_origine", "acomptes", ["origine"], unique=False, schema="societe")
    op.create_index(
        "ix_acomptes_transfere_vers",
        "acomptes",
        ["transfere_vers"],
        unique=False,
        schema="societe",
        postgresql_where=sa.text("transfere_vers IS NOT NULL"),
    )
