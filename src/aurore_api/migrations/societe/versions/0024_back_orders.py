"""Back-orders by hand: what a delivered line leaves for later, and the commande line that holds it (TRF-08)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0024"
down_revision: str | None = "societe_0023"


def upgrade() -> None:
    """Add them; there were none."""
    schema = op.get_context().opts["version_table_schema"]
    op.add_column(
        "documents",
        sa.Column("back_order", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("documents", "back_order", server_default=None, schema=schema)
    op.add_column("lignes", sa.Column("back_order", sa.Numeric(precision=15, scale=6), nullable=True), schema=schema)
    op.create_check_constraint(op.f("ck_lignes_back_order"), "lignes", "back_order > 0", schema=schema)
    op.add_column("lignes", sa.Column("back_order_de", sa.Uuid(), nullable=True), schema=schema)
    op.create_unique_constraint(op.f("uq_lignes_back_order_de"), "lignes", ["back_order_de"], schema=schema)
    op.create_foreign_key(
        op.f("fk_lignes_back_order_de"),
        "lignes",
        "lignes",
        ["back_order_de"],
        ["id"],
        source_schema="societe",
        referent_schema="societe",
        ondelete="SET NULL",
    )
