"""How a till's order was left, so that a change of it here is seen before the till's next one is taken (MAG-13)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0031"
down_revision: str | None = "societe_0030"


def upgrade() -> None:
    """Add it; nothing was pushed before."""
    schema = op.get_context().opts["version_table_schema"]
    op.add_column("references_magasin", sa.Column("signature", sa.Text(), nullable=True), schema=schema)
