"""The stock: ledger, balances, values; what each line moves (MVT-01, MVT-02, ART-11, CAL-12)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0022"
down_revision: str | None = "societe_0021"

QUANTITE = sa.Numeric(precision=30, scale=6)


def upgrade() -> None:
    """Add them; the ledger begins with what the documents that there are do to the stock."""
    schema = op.get_context().opts["version_table_schema"]
    _tables()
    op.execute(f"""
        CREATE TRIGGER mouvements_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON "{schema}".mouvements
        FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
    """)
    op.execute(f"""ALTER TABLE "{schema}".lignes DISABLE TRIGGER USER""")  # issued lines learn what they move
    _colonnes(schema)
    _premiers_mouvements(schema)
    op.execute(f"""ALTER TABLE "{schema}".lignes ENABLE TRIGGER USER""")


def _tables() -> None:
    op.create_table(
        "mouvements",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("depot", sa.Text(), nullable=False),
        sa.Column("compte", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=24, scale=6), nullable=False),
        sa.Column("prix", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column("frais", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("ligne", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=True),
        sa.Column("client", sa.Text(), nullable=True),
        sa.Column("fournisseur", sa.Text(), nullable=True),
        sa.Column("motif", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "compte IN ('physique', 'commande_client', 'commande_fournisseur')", name=op.f("ck_mouvements_compte")
        ),
        sa.CheckConstraint("genre IN ('definitif', 'client', 'fournisseur')", name=op.f("ck_mouvements_genre")),
        sa.CheckConstraint("quantite <> 0", name=op.f("ck_mouvements_quantite")),
        sa.CheckConstraint("prix IS NULL OR compte = 'physique'", name=op.f("ck_mouvements_prix")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mouvements")),
        schema="societe",
    )
    for nom, colonnes, seulement in (
        ("document", ["document"], "document IS NOT NULL"),
        ("article", ["article", "compte", "date", "id"], None),
        ("date", ["date", "id"], None),
        ("client", ["client", "date", "id"], "client IS NOT NULL"),
        ("fournisseur", ["fournisseur", "date", "id"], "fournisseur IS NOT NULL"),
    ):
        condition = sa.text(seulement) if seulement else None
        op.create_index(f"ix_mouvements_{nom}", "mouvements", colonnes, schema="societe", postgresql_where=condition)
    op.create_table(
        "stocks",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("depot", sa.Text(), nullable=False),
        *(
            sa.Column(nom, QUANTITE, nullable=False, server_default=sa.text("0"))
            for nom in ("physique", "commande_client", "commande_fournisseur")
        ),
        sa.Column("suivi", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_stocks_article")),
        sa.ForeignKeyConstraint(["depot"], ["societe.depots.code"], name=op.f("fk_stocks_depot")),
        sa.PrimaryKeyConstraint("article", "depot", name=op.f("pk_stocks")),
        schema="societe",
    )
    op.create_index(op.f("ix_stocks_depot"), "stocks", ["depot"], schema="societe")
    op.create_table(
        "valorisations",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("physique", QUANTITE, nullable=False, server_default=sa.text("0")),
        sa.Column("pamp", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column("dernier_prix", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column("derniers_frais", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("derniere_entree", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_valorisations_article")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_valorisations")),
        schema="societe",
    )


def _colonnes(schema: str) -> None:
    op.add_column(
        "parametres",
        sa.Column("stock_negatif_interdit", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("parametres", "stock_negatif_interdit", server_default=None, schema=schema)
    op.add_column("lignes", sa.Column("composition", postgresql.JSONB(), nullable=True), schema=schema)
    op.add_column("lignes", sa.Column("date_stock", sa.Date(), nullable=True), schema=schema)
    op.execute(f"""
        UPDATE "{schema}".lignes SET depot = parametres.depot_defaut FROM "{schema}".parametres
        WHERE lignes.article IS NOT NULL AND lignes.depot IS NULL
    """)  # noqa: S608 (the schema's own name)
    op.create_check_constraint(op.f("ck_lignes_depot"), "lignes", "article IS NULL OR depot IS NOT NULL", schema=schema)


def _premiers_mouvements(schema: str) -> None:
    """What lines move is read off their articles as they are now: assemblies move themselves until they are re-typed.

    What is left is the plain difference, also of goods of variable weight that are partly delivered.
    """
    op.execute(f"""
        UPDATE "{schema}".lignes SET composition = '[]' FROM "{schema}".articles
        WHERE articles.numero = lignes.article AND NOT articles.gere_stock
    """)  # noqa: S608
    op.execute(f"""
        UPDATE "{schema}".lignes SET date_stock = origine_document.date
        FROM "{schema}".lignes origine JOIN "{schema}".documents origine_document
            ON origine_document.id = origine.document
        WHERE origine.id = lignes.origine AND lignes.nature = 'consomme'
          AND origine_document.type IN ('bordereau', 'retour')
    """)  # noqa: S608
    op.execute(f"""
        WITH tenues AS (
            SELECT d.id AS document, d.client, coalesce(l.date_stock, d.date) AS date, l.id AS ligne, l.article, l.depot,
                   CASE WHEN d.type IN ('commande', 'proforma') THEN 'commande_client' ELSE 'physique' END AS compte,
                   CASE WHEN d.etat = 'comptabilise' THEN 'definitif' ELSE 'client' END AS genre,
                   CASE WHEN d.type IN ('bordereau', 'facture') THEN -1 ELSE 1 END * CASE
                       WHEN d.type IN ('facture', 'note_credit') THEN l.quantite
                       WHEN (l.facteurs->>'flou')::boolean AND l.saisie <> 'base'
                           AND abs(l.quantite_unite_commande_transferee + l.quantite_unite_commande_abandonnee)
                               >= abs(l.quantite_unite_commande) THEN 0
                       WHEN l.quantite >= 0 THEN greatest(l.quantite - l.quantite_transferee - l.quantite_abandonnee, 0)
                       ELSE least(l.quantite - l.quantite_transferee - l.quantite_abandonnee, 0)
                   END AS quantite
            FROM "{schema}".lignes l JOIN "{schema}".documents d ON d.id = l.document
            WHERE l.article IS NOT NULL AND l.mise_a_jour_stock AND l.composition IS NULL AND d.etat <> 'annule'
              AND d.type IN ('commande', 'proforma', 'bordereau', 'retour', 'facture', 'note_credit')
        )
        INSERT INTO "{schema}".mouvements
            (instant, date, article, depot, compte, genre, quantite, ligne, document, client)
        SELECT now(), date, article, depot, compte, genre, quantite, ligne, document, client
        FROM tenues WHERE quantite <> 0 ORDER BY date, document, ligne
    """)  # noqa: S608
    op.execute(f"""
        INSERT INTO "{schema}".stocks (article, depot, physique, commande_client)
        SELECT article, depot, coalesce(sum(quantite) FILTER (WHERE compte = 'physique'), 0),
               coalesce(sum(quantite) FILTER (WHERE compte = 'commande_client'), 0)
        FROM "{schema}".mouvements GROUP BY article, depot
    """)  # noqa: S608
    op.execute(f"""
        INSERT INTO "{schema}".valorisations (article, physique)
        SELECT article, sum(quantite) FROM "{schema}".mouvements WHERE compte = 'physique' GROUP BY article
    """)  # noqa: S608
    for table, colonnes in (
        ("stocks", ("physique", "commande_client", "commande_fournisseur", "suivi")),
        ("valorisations", ("physique",)),
    ):
        for colonne in colonnes:
            op.alter_column(table, colonne, server_default=None, schema=schema)
