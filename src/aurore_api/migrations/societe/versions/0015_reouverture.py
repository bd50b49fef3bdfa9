"""Reopening of issued documents (DOC-08), and when a document was issued as it is now.

`documents.reouvert_le` is the stored state that whatever guards issued fiscal documents looks at: NULL is closed, an
instant is reopened and so open to change. The reopening itself changes `reouvert_le` and `version` alone; the printing
that closes it sets `reouvert_le` back to NULL together with its other changes, so the old row still says « open ».
"""

import sqlalchemy as sa
from alembic import op

revision = "societe_0015"
down_revision: str | None = "societe_0014"


def upgrade() -> None:
    """Add the state, and the versions issued before; numbered documents were issued when they got their number."""
    schema = op.get_context().opts["version_table_schema"]
    for nom in ("reouvert_le", "emis_le"):
        op.add_column("documents", sa.Column(nom, sa.DateTime(timezone=True), nullable=True), schema=schema)
    op.execute(f'UPDATE "{schema}".documents SET emis_le = numerote_le')  # noqa: S608 (the schema's own name)
    op.create_check_constraint(
        op.f("ck_documents_reouvert"), "documents", "reouvert_le IS NULL OR numero IS NOT NULL", schema=schema
    )
    op.create_table(
        "versions_documents",
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("emis_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reouvert_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("cle", sa.BigInteger(), nullable=False),
        sa.Column("total_htva", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_tvac", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("numero > 0", name=op.f("ck_versions_documents_numero")),
        sa.PrimaryKeyConstraint("document", "numero", name=op.f("pk_versions_documents")),
        sa.ForeignKeyConstraint(["document"], ["societe.documents.id"], name=op.f("fk_versions_documents_document")),
        schema="societe",
    )
    op.execute(f"""
        CREATE TRIGGER versions_ajout_seul BEFORE UPDATE OR TRUNCATE ON "{schema}".versions_documents
        FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
    """)
    # A client is anonymised once the law no longer asks for its documents (CLI-10), ten years after theirs.
    op.execute(f"""
        CREATE TRIGGER versions_conservees BEFORE DELETE ON "{schema}".versions_documents FOR EACH ROW
        WHEN (extract(year FROM OLD.date) >= extract(year FROM current_date) - 10)
        EXECUTE FUNCTION "{schema}".refuser_changement()
    """)
