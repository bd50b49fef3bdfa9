"""Crates: which articles and lines are crates, who has the goods, corrections of balances (CLI-12)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0026"
down_revision: str | None = "societe_0025"


def upgrade() -> None:
    """Add them; what was billed to another client is told to be with the one that got it."""
    schema = op.get_context().opts["version_table_schema"]
    _articles(schema)
    op.add_column("lignes", sa.Column("livre_a", sa.Text(), nullable=True), schema=schema)
    op.create_foreign_key(
        op.f("fk_lignes_livre_a"), "lignes", "clients", ["livre_a"], ["numero"],
        source_schema=schema, referent_schema=schema,
    )  # fmt: skip
    op.add_column(
        "lignes", sa.Column("vidange", sa.Boolean(), nullable=False, server_default=sa.text("false")), schema=schema
    )
    op.alter_column("lignes", "vidange", server_default=None, schema=schema)
    op.create_index(
        "ix_lignes_livre_a", "lignes", ["livre_a"], schema="societe", postgresql_where=sa.text("livre_a IS NOT NULL")
    )
    op.create_index(
        "ix_mouvements_client_article",
        "mouvements",
        ["client", "article"],
        schema="societe",
        postgresql_where=sa.text("client IS NOT NULL AND compte = 'physique'"),
    )
    _corrections(schema)
    for table in ("lignes", "mouvements"):  # issued lines and the ledger learn who has the goods
        op.execute(f"""ALTER TABLE "{schema}".{table} DISABLE TRIGGER USER""")
    _livraisons(schema)
    for table in ("lignes", "mouvements"):
        op.execute(f"""ALTER TABLE "{schema}".{table} ENABLE TRIGGER USER""")


def _articles(schema: str) -> None:
    op.add_column(
        "articles",
        sa.Column("vidange", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("articles", "vidange", server_default=None, schema=schema)
    op.create_check_constraint(
        op.f("ck_articles_vidange_en_stock"),
        "articles",
        "NOT vidange OR (gere_stock AND NOT (assemble AND mouvement_composants))",
        schema=schema,
    )
    op.create_index(
        "ix_articles_vidange", "articles", ["numero"], schema="societe", postgresql_where=sa.text("vidange")
    )


def _corrections(schema: str) -> None:
    op.create_table(
        "corrections_vidanges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.CheckConstraint("quantite <> 0", name=op.f("ck_corrections_vidanges_quantite")),
        sa.ForeignKeyConstraint(["client"], ["societe.clients.numero"], name=op.f("fk_corrections_vidanges_client")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_corrections_vidanges_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections_vidanges")),
        schema="societe",
    )
    op.create_index(
        "ix_corrections_vidanges_client", "corrections_vidanges", ["client", "article", "date"], schema="societe"
    )
    op.create_index(op.f("ix_corrections_vidanges_article"), "corrections_vidanges", ["article"], schema="societe")
    op.execute(f"""
        CREATE TRIGGER corrections_vidanges_ajout_seul
        BEFORE UPDATE OR DELETE OR TRUNCATE ON "{schema}".corrections_vidanges
        FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
    """)


def _livraisons(schema: str) -> None:
    """Whoever pays, the goods are with the client of the first document of the chain; copies begin one of their own."""
    op.execute(f"""
        WITH RECURSIVE suites AS (
            SELECT l.id, de.client AS livre_a
            FROM "{schema}".lignes l JOIN "{schema}".documents d ON d.id = l.document
            JOIN "{schema}".lignes o ON o.id = l.origine JOIN "{schema}".documents de ON de.id = o.document
            WHERE l.nature <> 'copie' AND de.client <> d.client
            UNION
            SELECT l.id, s.livre_a FROM suites s JOIN "{schema}".lignes l ON l.origine = s.id WHERE l.nature <> 'copie'
        )
        UPDATE "{schema}".lignes SET livre_a = s.livre_a
        FROM suites s, "{schema}".documents d
        WHERE lignes.id = s.id AND d.id = lignes.document AND d.client <> s.livre_a
    """)  # noqa: S608 (the schema's own name)
    op.execute(f"""
        UPDATE "{schema}".mouvements SET client = lignes.livre_a FROM "{schema}".lignes
        WHERE lignes.id = mouvements.ligne AND lignes.document = mouvements.document AND lignes.livre_a IS NOT NULL
    """)  # noqa: S608
