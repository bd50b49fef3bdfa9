"""Tables of TAB-01 that were missing, the chart of accounts, more parameters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0007"
down_revision: str | None = "societe_0006"


def upgrade() -> None:
    """Add them."""
    schema = op.get_context().opts["version_table_schema"]
    op.create_table(
        "codes_intrastat",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("unite_supplementaire", sa.Text(), nullable=True),
        sa.CheckConstraint("code ~ '^[0-9]{8}$'", name=op.f("ck_codes_intrastat_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_codes_intrastat")),
        schema="societe",
    )
    op.create_table(
        "comptes",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.CheckConstraint("numero ~ '^[0-9]{2,10}$'", name=op.f("ck_comptes_numero")),
        sa.PrimaryKeyConstraint("numero", name=op.f("pk_comptes")),
        schema="societe",
    )
    op.create_table(
        "devises",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("decimales", sa.SmallInteger(), nullable=False),
        sa.Column("cours", sa.Numeric(precision=15, scale=6), nullable=True),
        sa.CheckConstraint("code ~ '^[A-Z]{3}$'", name=op.f("ck_devises_code")),
        sa.CheckConstraint("cours > 0", name=op.f("ck_devises_cours")),
        sa.CheckConstraint("cours IS NULL OR code <> 'EUR'", name=op.f("ck_devises_cours_de_l_euro")),
        sa.CheckConstraint("decimales BETWEEN 0 AND 6", name=op.f("ck_devises_decimales")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_devises")),
        schema="societe",
    )
    op.create_table(
        "structures",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_structures")),
        schema="societe",
    )
    op.create_table(
        "taxes",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.CheckConstraint("genre IN ('taxe', 'consigne')", name=op.f("ck_taxes_genre")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_taxes")),
        schema="societe",
    )
    op.add_column(
        "imputations",
        sa.Column("genre", sa.Text(), nullable=False, server_default=sa.text("'vente'")),
        schema=schema,
    )
    op.alter_column("imputations", "genre", server_default=None, schema=schema)
    op.create_check_constraint(
        op.f("ck_imputations_genre"), "imputations", "genre IN ('vente', 'achat')", schema="societe"
    )
    op.create_unique_constraint(op.f("uq_imputations_code_genre"), "imputations", ["code", "genre"], schema="societe")
    op.create_table(
        "comptes_imputations",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("imputation", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("categorie_tva", sa.Text(), nullable=False),
        sa.Column("compte", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["categorie_tva"], ["societe.categories_tva.code"], name=op.f("fk_comptes_imputations_categorie_tva")
        ),
        sa.ForeignKeyConstraint(["compte"], ["societe.comptes.numero"], name=op.f("fk_comptes_imputations_compte")),
        sa.ForeignKeyConstraint(
            ["imputation", "genre"],
            ["societe.imputations.code", "societe.imputations.genre"],
            name=op.f("fk_comptes_imputations_imputation_genre"),
        ),
        sa.CheckConstraint(
            "left(compte, 1) = CASE genre WHEN 'vente' THEN '7' ELSE '6' END",
            name=op.f("ck_comptes_imputations_classe"),
        ),
        sa.PrimaryKeyConstraint("imputation", "categorie_tva", name=op.f("pk_comptes_imputations")),
        sa.UniqueConstraint("categorie_tva", "compte", name=op.f("uq_comptes_imputations_categorie_tva_compte")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_comptes_imputations_compte"), "comptes_imputations", ["compte"], unique=False, schema="societe"
    )
    op.create_table(
        "emplacements",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("depot", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["depot"], ["societe.depots.code"], name=op.f("fk_emplacements_depot")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_emplacements")),
        schema="societe",
    )
    op.create_index(op.f("ix_emplacements_depot"), "emplacements", ["depot"], unique=False, schema="societe")
    # A société that exists already keeps its books in euro; a new one gets its currencies with its other defaults.
    op.execute(f"""
        INSERT INTO "{schema}".devises (code, libelle, decimales, version)
        SELECT 'EUR', 'Euro', 2, 1 FROM "{schema}".parametres
    """)  # noqa: S608 (the schema's own name)
    op.add_column(
        "parametres",
        sa.Column("decimales_visibles", sa.SmallInteger(), nullable=False, server_default=sa.text("2")),
        schema=schema,
    )
    op.alter_column("parametres", "decimales_visibles", server_default=None, schema=schema)
    op.add_column(
        "parametres",
        sa.Column("prix_tvac_defaut", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("parametres", "prix_tvac_defaut", server_default=None, schema=schema)
    op.add_column(
        "parametres",
        sa.Column("controle_credit", sa.Text(), nullable=False, server_default=sa.text("'aucun'")),
        schema=schema,
    )
    op.alter_column("parametres", "controle_credit", server_default=None, schema=schema)
    op.add_column("parametres", sa.Column("imputation_achat_defaut", sa.Text(), nullable=True), schema=schema)
    op.add_column(
        "parametres", sa.Column("devise", sa.Text(), nullable=False, server_default=sa.text("'EUR'")), schema=schema
    )
    op.alter_column("parametres", "devise", server_default=None, schema=schema)
    op.add_column("parametres", sa.Column("heure_limite", postgresql.JSONB(), nullable=True), schema=schema)
    op.create_foreign_key(
        op.f("fk_parametres_devise"),
        "parametres",
        "devises",
        ["devise"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_parametres_imputation_achat_defaut"),
        "parametres",
        "imputations",
        ["imputation_achat_defaut"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.add_column("tournees", sa.Column("heure_limite", postgresql.JSONB(), nullable=True), schema=schema)
    op.create_check_constraint(
        op.f("ck_parametres_decimales_visibles"), "parametres", "decimales_visibles BETWEEN 0 AND 4", schema="societe"
    )
    op.create_check_constraint(
        op.f("ck_parametres_controle_credit"),
        "parametres",
        "controle_credit IN ('aucun', 'avertir', 'refuser')",
        schema="societe",
    )
