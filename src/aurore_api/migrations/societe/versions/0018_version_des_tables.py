"""Every change of the tables that documents are computed with draws a new version of them."""

from alembic import op

revision = "societe_0018"
down_revision: str | None = "societe_0017"

TABLES = (
    "categories_tva",
    "codes_tva",
    "comptes_analytiques",
    "depots",
    "echeances",
    "escomptes",
    "exercices",
    "imputations",
    "modes_livraison",
    "modes_paiement",
    "parametres",
    "plans_analytiques",
    "taxes",
    "tournees",
    "unites",
)


def upgrade() -> None:
    """Add the function and the triggers."""
    schema = op.get_context().opts["version_table_schema"]
    op.execute(f"""
        CREATE FUNCTION "{schema}".changer_version_tables() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE aurore.societes SET version_tables = gen_random_uuid() WHERE schema_nom = TG_TABLE_SCHEMA;
            RETURN NULL;
        END $$
    """)  # noqa: S608 (the schema's name is ours)
    for table in TABLES:
        op.execute(f"""
            CREATE TRIGGER version_tables AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{schema}".{table}
            FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".changer_version_tables()
        """)
