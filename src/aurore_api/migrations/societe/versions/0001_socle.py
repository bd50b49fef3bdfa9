"""Journal of changes and idempotent answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from aurore_api.socle.journal import Xid8

revision = "societe_0001"
down_revision: str | None = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "evenements",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("transaction", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cle", sa.BigInteger(), nullable=False),
        sa.Column("requete", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("ressource", sa.Text(), nullable=False),
        sa.Column("identifiant", sa.Text(), nullable=False),
        sa.Column("avant", postgresql.JSONB(), nullable=True),
        sa.Column("apres", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evenements")),
        schema="societe",
    )
    op.create_index(
        "ix_evenements_ressource", "evenements", ["ressource", "identifiant", "id"], unique=False, schema="societe"
    )
    op.create_index("ix_evenements_transaction", "evenements", ["transaction", "id"], unique=False, schema="societe")
    op.create_table(
        "idempotences",
        sa.Column("cle_api", sa.BigInteger(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("statut", sa.SmallInteger(), nullable=False),
        sa.Column("en_tetes", postgresql.JSONB(), nullable=False),
        sa.Column("corps", sa.LargeBinary(), nullable=False),
        sa.Column("creee_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cle_api", "cle", name=op.f("pk_idempotences")),
        schema="societe",
    )
    op.create_index(op.f("ix_idempotences_creee_le"), "idempotences", ["creee_le"], unique=False, schema="societe")

    schema = op.get_context().opts["version_table_schema"]
    op.execute(f"""
        CREATE FUNCTION "{schema}".refuser_changement() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$
    """)
    op.execute(f"""
        CREATE TRIGGER evenements_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON "{schema}".evenements
        FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
    """)
