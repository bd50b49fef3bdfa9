"""An article's movements summed from their index alone, however many there are (MVT-03, MVT-05)."""

from alembic import op

revision = "societe_0035"
down_revision: str | None = "societe_0034"


def upgrade() -> None:
    """Let the index hold what is summed."""
    op.drop_index("ix_mouvements_article", "mouvements", schema="societe")
    op.create_index(
        "ix_mouvements_article",
        "mouvements",
        ["article", "compte", "date", "id"],
        schema="societe",
        postgresql_include=["depot", "genre", "quantite"],
    )
