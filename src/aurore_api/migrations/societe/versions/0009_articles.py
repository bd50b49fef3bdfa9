"""The rest of the article and what belongs to it."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0009"
down_revision: str | None = "societe_0008"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "codes_barres",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("abreviation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["societe.articles.numero"], name=op.f("fk_codes_barres_article"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article", "abreviation"],
            ["societe.unites_supplementaires.article", "societe.unites_supplementaires.abreviation"],
            name=op.f("fk_codes_barres_article_abreviation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_codes_barres")),
        schema="societe",
    )
    op.create_index(op.f("ix_codes_barres_article"), "codes_barres", ["article"], unique=False, schema="societe")
    op.create_table(
        "composants",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("composant", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("unite", sa.Text(), nullable=True),
        sa.CheckConstraint("composant <> article", name=op.f("ck_composants_composant")),
        sa.CheckConstraint("quantite > 0", name=op.f("ck_composants_quantite")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_composants_article")),
        sa.ForeignKeyConstraint(["composant"], ["societe.articles.numero"], name=op.f("fk_composants_composant")),
        sa.ForeignKeyConstraint(
            ["composant", "unite"],
            ["societe.unites_supplementaires.article", "societe.unites_supplementaires.abreviation"],
            name=op.f("fk_composants_composant_unite"),
        ),
        sa.PrimaryKeyConstraint("article", "composant", name=op.f("pk_composants")),
        schema="societe",
    )
    op.create_index(op.f("ix_composants_composant"), "composants", ["composant"], unique=False, schema="societe")
    op.create_table(
        "fournisseurs_articles",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("fournisseur", sa.Text(), nullable=False),
        sa.Column("numero_article_fournisseur", sa.Text(), nullable=True),
        sa.Column("nom_article_fournisseur", sa.Text(), nullable=True),
        sa.Column("unite_achat", sa.Text(), nullable=True),
        sa.Column("delai_livraison", sa.SmallInteger(), nullable=True),
        sa.Column("quantite_suggeree", sa.Numeric(precision=15, scale=6), nullable=True),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("prix_achat", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("prix_achat_devise", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("devise", sa.Text(), nullable=True),
        sa.Column("remise", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.CheckConstraint("delai_livraison >= 0", name=op.f("ck_fournisseurs_articles_delai_livraison")),
        sa.CheckConstraint("prix_achat >= 0", name=op.f("ck_fournisseurs_articles_prix_achat")),
        sa.CheckConstraint("prix_achat_devise >= 0", name=op.f("ck_fournisseurs_articles_prix_achat_devise")),
        sa.CheckConstraint(
            "prix_achat_devise IS NULL OR devise IS NOT NULL", name=op.f("ck_fournisseurs_articles_devise")
        ),
        sa.CheckConstraint("quantite_suggeree >= 0", name=op.f("ck_fournisseurs_articles_quantite_suggeree")),
        sa.CheckConstraint("remise BETWEEN 0 AND 100", name=op.f("ck_fournisseurs_articles_remise")),
        sa.ForeignKeyConstraint(
            ["article"], ["societe.articles.numero"], name=op.f("fk_fournisseurs_articles_article")
        ),
        sa.ForeignKeyConstraint(["devise"], ["societe.devises.code"], name=op.f("fk_fournisseurs_articles_devise")),
        sa.ForeignKeyConstraint(
            ["fournisseur"], ["societe.fournisseurs.numero"], name=op.f("fk_fournisseurs_articles_fournisseur")
        ),
        sa.ForeignKeyConstraint(
            ["article", "unite_achat"],
            ["societe.unites_supplementaires.article", "societe.unites_supplementaires.abreviation"],
            name=op.f("fk_fournisseurs_articles_article_unite_achat"),
        ),
        sa.PrimaryKeyConstraint("article", "fournisseur", name=op.f("pk_fournisseurs_articles")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_fournisseurs_articles_devise"), "fournisseurs_articles", ["devise"], unique=False, schema="societe"
    )
    op.create_index(
        op.f("ix_fournisseurs_articles_fournisseur"),
        "fournisseurs_articles",
        ["fournisseur"],
        unique=False,
        schema="societe",
    )
    op.create_table(
        "taxes_articles",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code_taxe", sa.Text(), nullable=False),
        sa.Column("categorie_tva", sa.Text(), nullable=False),
        sa.Column("code_tva", sa.Text(), nullable=False),
        sa.Column("montant", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("pourcentage", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.CheckConstraint("montant >= 0", name=op.f("ck_taxes_articles_montant")),
        sa.CheckConstraint(
            "num_nonnulls(montant, pourcentage) = 1", name=op.f("ck_taxes_articles_montant_ou_pourcentage")
        ),
        sa.CheckConstraint("pourcentage BETWEEN 0 AND 100", name=op.f("ck_taxes_articles_pourcentage")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_taxes_articles_article")),
        sa.ForeignKeyConstraint(
            ["categorie_tva"], ["societe.categories_tva.code"], name=op.f("fk_taxes_articles_categorie_tva")
        ),
        sa.ForeignKeyConstraint(["code_taxe"], ["societe.taxes.code"], name=op.f("fk_taxes_articles_code_taxe")),
        sa.ForeignKeyConstraint(["code_tva"], ["societe.codes_tva.code"], name=op.f("fk_taxes_articles_code_tva")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_taxes_articles")),
        sa.UniqueConstraint(
            "article", "categorie_tva", "code_taxe", name=op.f("uq_taxes_articles_article_categorie_tva_code_taxe")
        ),
        schema="societe",
    )
    op.create_index(
        op.f("ix_taxes_articles_categorie_tva"), "taxes_articles", ["categorie_tva"], unique=False, schema="societe"
    )
    op.create_index(
        op.f("ix_taxes_articles_code_taxe"), "taxes_articles", ["code_taxe"], unique=False, schema="societe"
    )
    op.create_index(op.f("ix_taxes_articles_code_tva"), "taxes_articles", ["code_tva"], unique=False, schema="societe")
    schema = op.get_context().opts["version_table_schema"]
    _completer_articles(schema)
    _tenir_les_codes_barres(schema)


def _completer_articles(schema: str) -> None:  # noqa: PLR0915 (a column a statement)
    """Add the columns of articles."""
    op.add_column(
        "articles", sa.Column("actif", sa.Boolean(), nullable=False, server_default=sa.text("true")), schema=schema
    )
    op.alter_column("articles", "actif", server_default=None, schema=schema)
    op.add_column(
        "articles",
        sa.Column("type_article", sa.Text(), nullable=False, server_default=sa.text("'normal'")),
        schema=schema,
    )
    op.alter_column("articles", "type_article", server_default=None, schema=schema)
    op.add_column("articles", sa.Column("article_statistique", sa.Text(), nullable=True), schema=schema)
    op.add_column("articles", sa.Column("remplace_par", sa.Text(), nullable=True), schema=schema)
    op.add_column("articles", sa.Column("substitut", sa.Text(), nullable=True), schema=schema)
    op.add_column(
        "articles",
        sa.Column("appliquer_taxe", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("articles", "appliquer_taxe", server_default=None, schema=schema)
    op.add_column("articles", sa.Column("structure", sa.Text(), nullable=True), schema=schema)
    op.add_column("articles", sa.Column("code_intrastat", sa.Text(), nullable=True), schema=schema)
    op.add_column(
        "articles",
        sa.Column("facteur_unite_supplementaire", sa.Numeric(precision=15, scale=6), nullable=True),
        schema=schema,
    )
    op.add_column(
        "articles",
        sa.Column("assemble", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("articles", "assemble", server_default=None, schema=schema)
    op.add_column(
        "articles",
        sa.Column("mouvement_composants", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("articles", "mouvement_composants", server_default=None, schema=schema)
    op.add_column(
        "articles",
        sa.Column("gere_stock", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        schema=schema,
    )
    op.alter_column("articles", "gere_stock", server_default=None, schema=schema)
    op.add_column("articles", sa.Column("emplacement_principal", sa.Text(), nullable=True), schema=schema)
    op.add_column(
        "articles", sa.Column("stock_minimum", sa.Numeric(precision=15, scale=6), nullable=True), schema=schema
    )
    op.add_column(
        "articles",
        sa.Column("codes_barres", sa.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")),
        schema=schema,
    )
    op.alter_column("articles", "codes_barres", server_default=None, schema=schema)
    op.add_column(
        "articles", sa.Column("dernier_prix_achat", sa.Numeric(precision=14, scale=4), nullable=True), schema=schema
    )
    op.add_column(
        "articles",
        sa.Column("frais_achat", sa.Numeric(precision=14, scale=4), nullable=False, server_default=sa.text("0")),
        schema=schema,
    )
    op.alter_column("articles", "frais_achat", server_default=None, schema=schema)
    op.add_column("articles", sa.Column("code_tva_achat", sa.Text(), nullable=True), schema=schema)
    op.add_column("articles", sa.Column("fournisseur_habituel", sa.Text(), nullable=True), schema=schema)
    op.add_column("articles", sa.Column("imputation_achat", sa.Text(), nullable=True), schema=schema)
    op.create_index(
        op.f("ix_articles_article_statistique"), "articles", ["article_statistique"], unique=False, schema="societe"
    )
    op.create_index(op.f("ix_articles_code_intrastat"), "articles", ["code_intrastat"], unique=False, schema="societe")
    op.create_index(op.f("ix_articles_code_tva_achat"), "articles", ["code_tva_achat"], unique=False, schema="societe")
    op.create_index(
        op.f("ix_articles_emplacement_principal"), "articles", ["emplacement_principal"], unique=False, schema="societe"
    )
    op.create_index(
        op.f("ix_articles_fournisseur_habituel"), "articles", ["fournisseur_habituel"], unique=False, schema="societe"
    )
    op.create_index(
        op.f("ix_articles_imputation_achat"), "articles", ["imputation_achat"], unique=False, schema="societe"
    )
    op.create_index(op.f("ix_articles_remplace_par"), "articles", ["remplace_par"], unique=False, schema="societe")
    op.create_index(op.f("ix_articles_structure"), "articles", ["structure"], unique=False, schema="societe")
    op.create_index(op.f("ix_articles_substitut"), "articles", ["substitut"], unique=False, schema="societe")
    op.create_foreign_key(
        op.f("fk_articles_remplace_par"),
        "articles",
        "articles",
        ["remplace_par"],
        ["numero"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_fournisseur_habituel"),
        "articles",
        "fournisseurs",
        ["fournisseur_habituel"],
        ["numero"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_structure"),
        "articles",
        "structures",
        ["structure"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_substitut"),
        "articles",
        "articles",
        ["substitut"],
        ["numero"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_code_tva_achat"),
        "articles",
        "codes_tva",
        ["code_tva_achat"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_imputation_achat"),
        "articles",
        "imputations",
        ["imputation_achat"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_article_statistique"),
        "articles",
        "articles",
        ["article_statistique"],
        ["numero"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_code_intrastat"),
        "articles",
        "codes_intrastat",
        ["code_intrastat"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_foreign_key(
        op.f("fk_articles_emplacement_principal"),
        "articles",
        "emplacements",
        ["emplacement_principal"],
        ["code"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.drop_constraint(
        op.f("uq_unites_supplementaires_code_barres"), "unites_supplementaires", schema="societe", type_="unique"
    )
    op.create_check_constraint(
        op.f("ck_articles_type_article"), "articles", "type_article IN ('normal', 'statistique')", schema="societe"
    )
    op.create_check_constraint(op.f("ck_articles_remplace_par"), "articles", "remplace_par <> numero", schema="societe")
    op.create_check_constraint(op.f("ck_articles_substitut"), "articles", "substitut <> numero", schema="societe")
    op.create_check_constraint(
        op.f("ck_articles_facteur_unite_supplementaire"),
        "articles",
        "facteur_unite_supplementaire > 0",
        schema="societe",
    )
    op.create_check_constraint(op.f("ck_articles_stock_minimum"), "articles", "stock_minimum >= 0", schema="societe")
    op.create_check_constraint(
        op.f("ck_articles_dernier_prix_achat"), "articles", "dernier_prix_achat >= 0", schema="societe"
    )
    op.create_check_constraint(op.f("ck_articles_frais_achat"), "articles", "frais_achat >= 0", schema="societe")
    op.create_check_constraint(
        op.f("ck_articles_codes_barres"), "articles", "cardinality(codes_barres) <= 3", schema="societe"
    )


def _tenir_les_codes_barres(schema: str) -> None:
    """Gather the bar codes of articles and of units in one table, whose key holds each code once in the société.

    A statement at a time, so that a bulk insert costs two queries, and two rows may exchange their codes in one update.
    Rows that go take their codes with them through the table's foreign keys.
    """
    codes = {
        "articles": "SELECT unnest(codes_barres), numero, CAST(NULL AS text) FROM {lignes}",
        "unites_supplementaires": "SELECT code_barres, article, abreviation FROM {lignes} WHERE code_barres IS NOT NULL",
    }
    for table, choix in codes.items():
        avant, apres, presents = (choix.format(lignes=un) for un in ("avant", "apres", f'"{schema}".{table}'))
        inserer = f'INSERT INTO "{schema}".codes_barres (code, article, abreviation)'
        op.execute(f"""
            CREATE FUNCTION "{schema}".codes_barres_de_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    {inserer} {apres} ORDER BY 1;
                ELSE
                    DELETE FROM "{schema}".codes_barres AS pris
                    USING ({avant} EXCEPT {apres}) AS rendus (code)
                    WHERE pris.code = rendus.code;
                    {inserer} {apres} EXCEPT ALL {avant} ORDER BY 1;
                END IF;
                RETURN NULL;
            END $$
        """)  # noqa: S608 (the schema's own name)
        for evenement, lignes in (
            ("INSERT", "NEW TABLE AS apres"),
            ("UPDATE", "OLD TABLE AS avant NEW TABLE AS apres"),
        ):
            op.execute(f"""
                CREATE TRIGGER codes_barres_{evenement.lower()} AFTER {evenement} ON "{schema}".{table}
                REFERENCING {lignes} FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".codes_barres_de_{table}()
            """)
        op.execute(f"{inserer} {presents}")
