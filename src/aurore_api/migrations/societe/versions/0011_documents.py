"""Taxes copied to lines; tariff and general discount copied to headers; late orders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0011"
down_revision: str | None = "societe_0010"


def upgrade() -> None:
    """Add them."""
    schema = op.get_context().opts["version_table_schema"]
    op.add_column(
        "documents",
        sa.Column("tardive", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("documents", "tardive", server_default=None, schema=schema)
    op.add_column("documents", sa.Column("tarif", sa.Text(), nullable=True), schema=schema)
    op.create_foreign_key(
        op.f("fk_documents_tarif"),
        "documents",
        "tarifs",
        ["tarif"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.add_column(
        "documents",
        sa.Column("remise", sa.Numeric(precision=5, scale=2), nullable=False, server_default=sa.text("0")),
        schema=schema,
    )
    op.alter_column("documents", "remise", server_default=None, schema=schema)
    op.execute(f"""
        UPDATE "{schema}".documents SET tarif = clients.tarif, remise = clients.remise
        FROM "{schema}".clients WHERE clients.numero = documents.client
    """)  # noqa: S608 (the schema's own name)
    op.add_column(
        "lignes",
        sa.Column("taxes_copiees", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")),
        schema=schema,
    )
    op.alter_column("lignes", "taxes_copiees", server_default=None, schema=schema)
