"""Search of articles (ART-18): a folded text per article, kept by triggers whoever writes, and its trigram index."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0012"
down_revision: str | None = "societe_0011"

ANNEXES = ("libelles_articles", "unites_supplementaires", "fournisseurs_articles")
ANCIENNES_ET_NOUVELLES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))


def upgrade() -> None:
    """Add the column, what keeps it, and its index; fill it for the articles there are."""
    schema = op.get_context().opts["version_table_schema"]
    for extension in ("pg_trgm", "unaccent"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    # Qualified, or nobody could write an article under a search path without it, as when a dump is restored.
    lieu = op.get_bind().scalar(
        sa.text(
            "SELECT quote_ident(nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'unaccent'"
        )
    )
    op.add_column("articles", sa.Column("recherche", sa.Text(), nullable=False, server_default=""), schema=schema)
    op.alter_column("articles", "recherche", server_default=None, schema=schema)
    op.execute(f"""
        CREATE FUNCTION "{schema}".indexer_article() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.recherche := lower({lieu}.unaccent(normalize(concat_ws(' ',
                '', NEW.numero, NEW.designation, array_to_string(NEW.codes_barres, ' '),
                (SELECT string_agg(libelle, ' ' ORDER BY code_libelle)
                 FROM "{schema}".libelles_articles WHERE article = NEW.numero),
                (SELECT string_agg(code_barres, ' ' ORDER BY abreviation)
                 FROM "{schema}".unites_supplementaires WHERE article = NEW.numero),
                (SELECT string_agg(concat_ws(' ', numero_article_fournisseur, nom_article_fournisseur), ' '
                                   ORDER BY fournisseur)
                 FROM "{schema}".fournisseurs_articles WHERE article = NEW.numero)
            ), NFKC)));
            RETURN NEW;
        END $$
    """)  # noqa: S608 (the schema's own name)
    op.execute(f"""
        CREATE TRIGGER articles_recherche
        BEFORE INSERT OR UPDATE OF designation, codes_barres, recherche ON "{schema}".articles
        FOR EACH ROW EXECUTE FUNCTION "{schema}".indexer_article()
    """)
    op.execute(f"""
        CREATE FUNCTION "{schema}".reindexer_articles() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE "{schema}".articles SET recherche = '' WHERE numero IN (SELECT article FROM changees);
            RETURN NULL;
        END $$
    """)  # noqa: S608
    for table in ANNEXES:
        for evenement, version in ANCIENNES_ET_NOUVELLES:
            op.execute(f"""
                CREATE TRIGGER {table}_recherche_{evenement.lower()} AFTER {evenement} ON "{schema}".{table}
                REFERENCING {version} TABLE AS changees
                FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".reindexer_articles()
            """)
    op.execute(f"""UPDATE "{schema}".articles SET recherche = ''""")  # noqa: S608
    op.create_index(
        "ix_articles_recherche",
        "articles",
        ["recherche"],
        schema="societe",
        postgresql_using="gin",
        postgresql_ops={"recherche": "gin_trgm_ops"},
    )
