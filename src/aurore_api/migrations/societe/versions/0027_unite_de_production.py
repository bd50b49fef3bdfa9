"""The unit that an article is made in (MAG-20)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0027"
down_revision: str | None = "societe_0026"


def upgrade() -> None:
    """Add it; what there is is made in its base unit."""
    schema = op.get_context().opts["version_table_schema"]
    op.add_column("articles", sa.Column("unite_production", sa.Text(), nullable=True), schema=schema)
