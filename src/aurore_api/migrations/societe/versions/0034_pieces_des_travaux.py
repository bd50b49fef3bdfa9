"""The PDFs that jobs keep (API-08)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0034"
down_revision: str | None = "societe_0033"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "pieces_travaux",
        sa.Column("travail", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("contenu", sa.LargeBinary(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["travail"], ["societe.travaux.id"], name=op.f("fk_pieces_travaux_travail"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("travail", "nom", name=op.f("pk_pieces_travaux")),
        schema="societe",
    )
