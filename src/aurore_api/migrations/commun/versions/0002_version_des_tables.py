"""One version of all the tables that each société's documents are computed with."""

import sqlalchemy as sa
from alembic import op

revision = "commun_0002"
down_revision: str | None = "commun_0001"


def upgrade() -> None:
    """Add it; triggers in every société draw a new one."""
    op.add_column(
        "societes",
        sa.Column("version_tables", sa.Uuid(), nullable=False, server_default=sa.text("gen_random_uuid()")),
        schema="aurore",
    )
