"""Numbers of erased documents (EFF-02)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0019"
down_revision: str | None = "societe_0018"


def upgrade() -> None:
    """Add them; nothing was erased before."""
    schema = op.get_context().opts["version_table_schema"]
    op.create_table(
        "numeros_effaces",
        sa.Column("exercice", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("numero", sa.BigInteger(), nullable=False),
        sa.Column("numero_affiche", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("efface_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cle", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("exercice", "type", "numero", name=op.f("pk_numeros_effaces")),
        sa.ForeignKeyConstraint(["exercice"], ["societe.exercices.code"], name=op.f("fk_numeros_effaces_exercice")),
        schema="societe",
    )
    op.execute(f"""
        CREATE TRIGGER numeros_effaces_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON "{schema}".numeros_effaces
        FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
    """)
