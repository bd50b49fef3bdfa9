"""Indexes for every order and filter of the list of documents, its words, and charges given back."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0023"
down_revision: str | None = "societe_0022"


def upgrade() -> None:
    """Add them; the trigrams are there since the search of articles."""
    for nom, colonnes in (
        ("etat_date", ["etat", "date", "id"]),
        ("date", ["date", "id"]),
        ("cree_le", ["cree_le", "id"]),
        ("total_tvac", ["total_tvac", "id"]),
    ):
        op.create_index(f"ix_documents_{nom}", "documents", colonnes, schema="societe")
    for nom, presente, colonnes in (
        ("tournee", "tournee", ["tournee", "date", "id"]),
        ("frais", "frais_transferes_vers", ["frais_transferes_vers"]),
    ):
        op.create_index(
            f"ix_documents_{nom}",
            "documents",
            colonnes,
            schema="societe",
            postgresql_where=sa.text(f"{presente} IS NOT NULL"),
        )
    op.create_index(
        "ix_documents_recherche",
        "documents",
        ["recherche"],
        schema="societe",
        postgresql_using="gin",
        postgresql_ops={"recherche": "gin_trgm_ops"},
    )
