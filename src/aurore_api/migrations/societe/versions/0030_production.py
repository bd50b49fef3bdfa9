"""The production list: left-overs of the shops, printed lists, and ways in by delivery day (MAG-20, MAG-21, MAG-24)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0030"
down_revision: str | None = "societe_0029"


def upgrade() -> None:
    """Add them; there were none."""
    schema = op.get_context().opts["version_table_schema"]
    op.create_index(
        "ix_lignes_livraison",
        "lignes",
        ["date_livraison"],
        schema="societe",
        postgresql_where=sa.text("date_livraison IS NOT NULL AND article IS NOT NULL"),
    )
    op.create_index(
        "ix_documents_livraison",
        "documents",
        ["date_livraison_prevue", "id"],
        schema="societe",
        postgresql_where=sa.text("date_livraison_prevue IS NOT NULL"),
    )
    _restes()
    _impressions(schema)


def _restes() -> None:
    op.create_table(
        "restes",
        sa.Column("magasin", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("pour_le", sa.Date(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("saisi_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantite > 0", name=op.f("ck_restes_quantite")),
        sa.CheckConstraint("pour_le >= date", name=op.f("ck_restes_pour_le")),
        sa.ForeignKeyConstraint(["magasin"], ["societe.magasins.code"], name=op.f("fk_restes_magasin")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_restes_article")),
        sa.PrimaryKeyConstraint("magasin", "date", "article", name=op.f("pk_restes")),
        schema="societe",
    )
    op.create_index("ix_restes_pour_le", "restes", ["pour_le", "article"], schema="societe")
    op.create_index("ix_restes_article", "restes", ["article"], schema="societe")


def _impressions(schema: str) -> None:
    op.create_table(
        "impressions_production",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("familles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("imprime_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cle", sa.BigInteger(), nullable=False),
        sa.Column("langue", sa.Text(), nullable=False),
        sa.Column("societe", sa.Text(), nullable=False),
        sa.Column("lignes", postgresql.JSONB(), nullable=False),
        sa.Column("documents", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("empreintes", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_impressions_production_version")),
        sa.CheckConstraint(
            "cardinality(documents) = cardinality(empreintes)", name=op.f("ck_impressions_production_empreintes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impressions_production")),
        sa.UniqueConstraint(
            "date", "familles", "version", name=op.f("uq_impressions_production_date_familles_version")
        ),
        schema="societe",
    )
    op.execute(f"""
        CREATE TRIGGER impressions_production_ajout_seul
        BEFORE UPDATE OR DELETE OR TRUNCATE ON "{schema}".impressions_production
        FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
    """)
