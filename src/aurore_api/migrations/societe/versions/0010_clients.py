"""The rest of the client, client-specific prices, preferred units."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0010"
down_revision: str | None = "societe_0009"


def upgrade() -> None:
    """Add them."""
    schema = op.get_context().opts["version_table_schema"]
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.create_table(
        "prix_clients",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("famille", sa.Text(), nullable=True),
        sa.Column("valeur", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("remise", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("du", sa.Date(), nullable=True),
        sa.Column("au", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("client"), "="),
            (sa.column("article"), "="),
            (sa.text("daterange(du, au, '[]')"), "&&"),
            where=sa.text("article IS NOT NULL"),
            using="gist",
            name="ex_prix_clients_article",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("client"), "="),
            (sa.column("famille"), "="),
            (sa.text("daterange(du, au, '[]')"), "&&"),
            where=sa.text("famille IS NOT NULL"),
            using="gist",
            name="ex_prix_clients_famille",
        ),
        sa.CheckConstraint("du <= au", name=op.f("ck_prix_clients_du_avant_au")),
        sa.CheckConstraint("num_nonnulls(article, famille) = 1", name=op.f("ck_prix_clients_article_ou_famille")),
        sa.CheckConstraint("num_nonnulls(valeur, remise) = 1", name=op.f("ck_prix_clients_valeur_ou_remise")),
        sa.CheckConstraint("remise BETWEEN 0 AND 100", name=op.f("ck_prix_clients_remise")),
        sa.CheckConstraint("valeur >= 0", name=op.f("ck_prix_clients_valeur")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_prix_clients_article")),
        sa.ForeignKeyConstraint(["client"], ["societe.clients.numero"], name=op.f("fk_prix_clients_client")),
        sa.ForeignKeyConstraint(["famille"], ["societe.familles.code"], name=op.f("fk_prix_clients_famille")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prix_clients")),
        schema="societe",
    )
    op.create_index(op.f("ix_prix_clients_article"), "prix_clients", ["article"], unique=False, schema="societe")
    op.create_index(op.f("ix_prix_clients_client"), "prix_clients", ["client"], unique=False, schema="societe")
    op.create_index(op.f("ix_prix_clients_famille"), "prix_clients", ["famille"], unique=False, schema="societe")
    op.create_table(
        "unites_preferees",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_unites_preferees_article")),
        sa.ForeignKeyConstraint(
            ["article", "unite"],
            ["societe.unites_supplementaires.article", "societe.unites_supplementaires.abreviation"],
            name=op.f("fk_unites_preferees_article_unite"),
        ),
        sa.ForeignKeyConstraint(["client"], ["societe.clients.numero"], name=op.f("fk_unites_preferees_client")),
        sa.PrimaryKeyConstraint("client", "article", name=op.f("pk_unites_preferees")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_unites_preferees_article"), "unites_preferees", ["article"], unique=False, schema="societe"
    )
    op.add_column(
        "clients", sa.Column("actif", sa.Boolean(), nullable=False, server_default=sa.text("true")), schema=schema
    )
    op.alter_column("clients", "actif", server_default=None, schema=schema)
    op.add_column(
        "clients",
        sa.Column("particulier", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("clients", "particulier", server_default=None, schema=schema)
    op.add_column(
        "clients",
        sa.Column("facturable", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        schema=schema,
    )
    op.alter_column("clients", "facturable", server_default=None, schema=schema)
    op.add_column(
        "clients", sa.Column("limite_credit", sa.Numeric(precision=14, scale=2), nullable=True), schema=schema
    )
    op.add_column(
        "clients",
        sa.Column("controle_credit", sa.Text(), nullable=False, server_default=sa.text("'aucun'")),
        schema=schema,
    )
    op.alter_column("clients", "controle_credit", server_default=None, schema=schema)
    op.add_column("clients", sa.Column("facturer_a", sa.Text(), nullable=True), schema=schema)
    op.add_column(
        "clients",
        sa.Column("frequence_regroupement", sa.Text(), nullable=False, server_default=sa.text("'mensuelle'")),
        schema=schema,
    )
    op.alter_column("clients", "frequence_regroupement", server_default=None, schema=schema)
    op.add_column("clients", sa.Column("mandat_sepa", postgresql.JSONB(), nullable=True), schema=schema)
    op.add_column(
        "clients",
        sa.Column("note_envoi", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        schema=schema,
    )
    op.alter_column("clients", "note_envoi", server_default=None, schema=schema)
    op.add_column(
        "clients",
        sa.Column("note_envoi_copies", sa.SmallInteger(), nullable=False, server_default=sa.text("1")),
        schema=schema,
    )
    op.alter_column("clients", "note_envoi_copies", server_default=None, schema=schema)
    op.add_column("clients", sa.Column("note_envoi_profil", sa.Text(), nullable=True), schema=schema)
    op.add_column(
        "clients",
        sa.Column("note_envoi_prix", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        schema=schema,
    )
    op.alter_column("clients", "note_envoi_prix", server_default=None, schema=schema)
    op.add_column("clients", sa.Column("heure_limite", postgresql.JSONB(), nullable=True), schema=schema)
    op.add_column("clients", sa.Column("anonymise_le", sa.DateTime(timezone=True), nullable=True), schema=schema)
    op.create_index(op.f("ix_clients_facturer_a"), "clients", ["facturer_a"], unique=False, schema="societe")
    op.create_index(
        op.f("ix_clients_note_envoi_profil"), "clients", ["note_envoi_profil"], unique=False, schema="societe"
    )
    op.create_foreign_key(
        op.f("fk_clients_facturer_a"),
        "clients",
        "clients",
        ["facturer_a"],
        ["numero"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_clients_note_envoi_profil"),
        "clients",
        "profils",
        ["note_envoi_profil"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_check_constraint(
        op.f("ck_clients_controle_credit"),
        "clients",
        "controle_credit IN ('aucun', 'avertir', 'refuser')",
        schema="societe",
    )
    op.create_check_constraint(op.f("ck_clients_limite_credit"), "clients", "limite_credit >= 0", schema="societe")
    op.create_check_constraint(op.f("ck_clients_facturer_a"), "clients", "facturer_a <> numero", schema="societe")
    op.create_check_constraint(
        op.f("ck_clients_frequence_regroupement"),
        "clients",
        "frequence_regroupement IN ('immediate', 'quotidienne', 'hebdomadaire', 'bimensuelle', 'mensuelle')",
        schema="societe",
    )
    op.create_check_constraint(
        op.f("ck_clients_note_envoi_copies"), "clients", "note_envoi_copies BETWEEN 1 AND 10", schema="societe"
    )
