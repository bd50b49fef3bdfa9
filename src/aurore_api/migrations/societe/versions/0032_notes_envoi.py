"""Delivery notes: which bordereaux were made for a day, and by which job (MAG-22)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0032"
down_revision: str | None = "societe_0031"


def upgrade() -> None:
    """Add them; there were none."""
    op.create_table(
        "notes_envoi",
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("travail", sa.Text(), nullable=False),
        sa.Column("copies", sa.SmallInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("copies BETWEEN 1 AND 10", name=op.f("ck_notes_envoi_copies")),
        sa.ForeignKeyConstraint(
            ["document"], ["societe.documents.id"], name=op.f("fk_notes_envoi_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_notes_envoi")),
        schema="societe",
    )
    op.create_index("ix_notes_envoi_date", "notes_envoi", ["date", "document"], schema="societe")
    op.create_index("ix_notes_envoi_travail", "notes_envoi", ["travail"], schema="societe")
