"""Articles, units, tariffs, labels."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0004"
down_revision: str | None = "societe_0003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "articles",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("designation_pliee", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("departement", sa.Text(), nullable=True),
        sa.Column("famille", sa.Text(), nullable=True),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("prix_vente", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("code_tva_vente", sa.Text(), nullable=False),
        sa.Column("imputation_vente", sa.Text(), nullable=False),
        sa.Column("prix_avec_decimales", sa.Boolean(), nullable=False),
        sa.Column("poids_kg", sa.Numeric(precision=15, scale=6), nullable=True),
        sa.Column("unite_par_defaut", sa.Text(), nullable=True),
        sa.Column("tolerance_depassement", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.CheckConstraint("char_length(numero) BETWEEN 1 AND 15", name=op.f("ck_articles_numero")),
        sa.CheckConstraint("poids_kg >= 0", name=op.f("ck_articles_poids_kg")),
        sa.CheckConstraint("prix_vente >= 0", name=op.f("ck_articles_prix_vente")),
        sa.CheckConstraint("tolerance_depassement BETWEEN 0 AND 100", name=op.f("ck_articles_tolerance_depassement")),
        sa.ForeignKeyConstraint(
            ["code_tva_vente"], ["societe.codes_tva.code"], name=op.f("fk_articles_code_tva_vente")
        ),
        sa.ForeignKeyConstraint(["departement"], ["societe.departements.code"], name=op.f("fk_articles_departement")),
        sa.ForeignKeyConstraint(["famille"], ["societe.familles.code"], name=op.f("fk_articles_famille")),
        sa.ForeignKeyConstraint(
            ["imputation_vente"], ["societe.imputations.code"], name=op.f("fk_articles_imputation_vente")
        ),
        sa.ForeignKeyConstraint(["unite"], ["societe.unites.code"], name=op.f("fk_articles_unite")),
        sa.PrimaryKeyConstraint("numero", name=op.f("pk_articles")),
        schema="societe",
    )
    op.create_index(op.f("ix_articles_code_tva_vente"), "articles", ["code_tva_vente"], unique=False, schema="societe")
    op.create_index(op.f("ix_articles_departement"), "articles", ["departement"], unique=False, schema="societe")
    op.create_index(
        op.f("ix_articles_designation_pliee_numero"),
        "articles",
        ["designation_pliee", "numero"],
        unique=False,
        schema="societe",
    )
    op.create_index(op.f("ix_articles_famille"), "articles", ["famille"], unique=False, schema="societe")
    op.create_index(
        op.f("ix_articles_imputation_vente"), "articles", ["imputation_vente"], unique=False, schema="societe"
    )
    op.create_index(op.f("ix_articles_unite"), "articles", ["unite"], unique=False, schema="societe")
    op.create_table(
        "libelles_articles",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("code_libelle", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_libelles_articles_article")),
        sa.PrimaryKeyConstraint("article", "code_libelle", name=op.f("pk_libelles_articles")),
        schema="societe",
    )
    op.create_table(
        "tarifs_articles",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("tarif", sa.Text(), nullable=False),
        sa.Column("quantite_minimum", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("valeur", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("remise", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("du", sa.Date(), nullable=True),
        sa.Column("au", sa.Date(), nullable=True),
        sa.CheckConstraint("du <= au", name=op.f("ck_tarifs_articles_du_avant_au")),
        sa.CheckConstraint("num_nonnulls(valeur, remise) = 1", name=op.f("ck_tarifs_articles_valeur_ou_remise")),
        sa.CheckConstraint("quantite_minimum >= 0", name=op.f("ck_tarifs_articles_quantite_minimum")),
        sa.CheckConstraint("remise BETWEEN 0 AND 100", name=op.f("ck_tarifs_articles_remise")),
        sa.CheckConstraint("valeur >= 0", name=op.f("ck_tarifs_articles_valeur")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_tarifs_articles_article")),
        sa.ForeignKeyConstraint(["tarif"], ["societe.tarifs.code"], name=op.f("fk_tarifs_articles_tarif")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_tarifs_articles")),
        sa.UniqueConstraint(
            "article",
            "tarif",
            "du",
            "quantite_minimum",
            name=op.f("uq_tarifs_articles_article_tarif_du_quantite_minimum"),
            postgresql_nulls_not_distinct=True,
        ),
        schema="societe",
    )
    op.create_index(op.f("ix_tarifs_articles_tarif"), "tarifs_articles", ["tarif"], unique=False, schema="societe")
    op.create_table(
        "unites_supplementaires",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("abreviation", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("facteur", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("operateur", sa.Text(), nullable=False),
        sa.Column("decimales", sa.SmallInteger(), nullable=False),
        sa.Column("flou", sa.Boolean(), nullable=False),
        sa.Column("tolerance", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("code_barres", sa.Text(), nullable=True),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.CheckConstraint("operateur IN ('M', 'D')", name=op.f("ck_unites_supplementaires_operateur")),
        sa.CheckConstraint("decimales BETWEEN 0 AND 6", name=op.f("ck_unites_supplementaires_decimales")),
        sa.CheckConstraint("facteur > 0", name=op.f("ck_unites_supplementaires_facteur")),
        sa.CheckConstraint("tolerance BETWEEN 0 AND 100", name=op.f("ck_unites_supplementaires_tolerance")),
        sa.ForeignKeyConstraint(
            ["article"], ["societe.articles.numero"], name=op.f("fk_unites_supplementaires_article")
        ),
        sa.ForeignKeyConstraint(["unite"], ["societe.unites.code"], name=op.f("fk_unites_supplementaires_unite")),
        sa.PrimaryKeyConstraint("article", "abreviation", name=op.f("pk_unites_supplementaires")),
        sa.UniqueConstraint("code_barres", name=op.f("uq_unites_supplementaires_code_barres")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_unites_supplementaires_unite"), "unites_supplementaires", ["unite"], unique=False, schema="societe"
    )
