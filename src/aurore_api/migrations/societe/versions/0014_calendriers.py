"""Calendars and standing orders (CLI-06, CLI-07)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0014"
down_revision: str | None = "societe_0013"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "calendriers",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("jours_ouverts", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.CheckConstraint(
            "jours_ouverts <@ ARRAY[1, 2, 3, 4, 5, 6, 7]::smallint[]", name=op.f("ck_calendriers_jours_ouverts")
        ),
        sa.ForeignKeyConstraint(["client"], ["societe.clients.numero"], name=op.f("fk_calendriers_client")),
        sa.PrimaryKeyConstraint("client", name=op.f("pk_calendriers")),
        schema="societe",
    )
    op.create_table(
        "commandes_types",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=True),
        sa.Column("du", sa.Date(), nullable=False),
        sa.Column("au", sa.Date(), nullable=True),
        sa.Column("saisons", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("du <= au", name=op.f("ck_commandes_types_du_avant_au")),
        sa.ForeignKeyConstraint(["client"], ["societe.clients.numero"], name=op.f("fk_commandes_types_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commandes_types")),
        schema="societe",
    )
    op.create_index(op.f("ix_commandes_types_client"), "commandes_types", ["client"], unique=False, schema="societe")
    op.create_table(
        "conversions_commandes_types",
        sa.Column("commande_type", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=True),
        sa.Column("demandes", postgresql.JSONB(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commande_type"],
            ["societe.commandes_types.id"],
            name=op.f("fk_conversions_commandes_types_commande_type"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document"],
            ["societe.documents.id"],
            name=op.f("fk_conversions_commandes_types_document"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("commande_type", "date", name=op.f("pk_conversions_commandes_types")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_conversions_commandes_types_date_client"),
        "conversions_commandes_types",
        ["date", "client"],
        unique=False,
        schema="societe",
    )
    op.create_index(
        op.f("ix_conversions_commandes_types_document"),
        "conversions_commandes_types",
        ["document"],
        unique=False,
        schema="societe",
    )
    op.create_table(
        "exceptions_calendriers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("du", sa.Date(), nullable=False),
        sa.Column("au", sa.Date(), nullable=False),
        sa.Column("ouvert", sa.Boolean(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("client"), "="),
            (sa.text("daterange(du, au, '[]')"), "&&"),
            using="gist",
            name="ex_exceptions_calendriers_client",
        ),
        sa.CheckConstraint("du <= au", name=op.f("ck_exceptions_calendriers_du_avant_au")),
        sa.ForeignKeyConstraint(
            ["client"],
            ["societe.calendriers.client"],
            name=op.f("fk_exceptions_calendriers_client"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exceptions_calendriers")),
        schema="societe",
    )
    op.create_table(
        "exceptions_commandes_types",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("commande_type", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("unite_commande", sa.Text(), nullable=True),
        sa.Column("quantite", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.CheckConstraint("quantite >= 0", name=op.f("ck_exceptions_commandes_types_quantite")),
        sa.ForeignKeyConstraint(
            ["article", "unite_commande"],
            ["societe.unites_supplementaires.article", "societe.unites_supplementaires.abreviation"],
            name=op.f("fk_exceptions_commandes_types_article_unite_commande"),
        ),
        sa.ForeignKeyConstraint(
            ["article"], ["societe.articles.numero"], name=op.f("fk_exceptions_commandes_types_article")
        ),
        sa.ForeignKeyConstraint(
            ["commande_type"],
            ["societe.commandes_types.id"],
            name=op.f("fk_exceptions_commandes_types_commande_type"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exceptions_commandes_types")),
        sa.UniqueConstraint(
            "commande_type", "date", "article", name=op.f("uq_exceptions_commandes_types_commande_type_date_article")
        ),
        schema="societe",
    )
    op.create_index(
        op.f("ix_exceptions_commandes_types_article"),
        "exceptions_commandes_types",
        ["article"],
        unique=False,
        schema="societe",
    )
    op.create_index(
        op.f("ix_exceptions_commandes_types_date"),
        "exceptions_commandes_types",
        ["date"],
        unique=False,
        schema="societe",
    )
    op.create_table(
        "lignes_commandes_types",
        sa.Column("commande_type", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("rang", sa.SmallInteger(), nullable=False),
        sa.Column("unite_commande", sa.Text(), nullable=True),
        sa.Column("jours", sa.ARRAY(sa.Numeric(precision=15, scale=6)), nullable=False),
        sa.CheckConstraint("cardinality(jours) = 7 AND 0 <= ALL (jours)", name=op.f("ck_lignes_commandes_types_jours")),
        sa.ForeignKeyConstraint(
            ["article", "unite_commande"],
            ["societe.unites_supplementaires.article", "societe.unites_supplementaires.abreviation"],
            name=op.f("fk_lignes_commandes_types_article_unite_commande"),
        ),
        sa.ForeignKeyConstraint(
            ["article"], ["societe.articles.numero"], name=op.f("fk_lignes_commandes_types_article")
        ),
        sa.ForeignKeyConstraint(
            ["commande_type"],
            ["societe.commandes_types.id"],
            name=op.f("fk_lignes_commandes_types_commande_type"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("commande_type", "article", name=op.f("pk_lignes_commandes_types")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_lignes_commandes_types_article"), "lignes_commandes_types", ["article"], unique=False, schema="societe"
    )
    op.create_table(
        "pauses_commandes_types",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("commande_type", sa.BigInteger(), nullable=False),
        sa.Column("du", sa.Date(), nullable=False),
        sa.Column("au", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("commande_type"), "="),
            (sa.text("daterange(du, au, '[]')"), "&&"),
            using="gist",
            name="ex_pauses_commandes_types_commande_type",
        ),
        sa.CheckConstraint("du <= au", name=op.f("ck_pauses_commandes_types_du_avant_au")),
        sa.ForeignKeyConstraint(
            ["commande_type"],
            ["societe.commandes_types.id"],
            name=op.f("fk_pauses_commandes_types_commande_type"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses_commandes_types")),
        schema="societe",
    )
