"""What notes de crédit take of factures; and no delivered quantity invoiced twice, none credited beyond its facture.

The bound is held where the sum is, over the lines that follow one line, and not on a counter beside them: a counter can
be right by itself and wrong about the lines. Whoever adds a following line, or makes one larger, first locks the line
that it takes from, so two transactions cannot each find room for the same goods.
"""

import sqlalchemy as sa
from alembic import op

revision = "societe_0021"
down_revision: str | None = "societe_0020"

_MEME_UNITE = "suite.unite_commande IS NOT DISTINCT FROM source.unite_commande"


def upgrade() -> None:
    """Add them, with what present notes de crédit have taken."""
    schema = op.get_context().opts["version_table_schema"]
    op.add_column("lignes", sa.Column("credite", sa.Uuid(), nullable=True), schema=schema)
    op.add_column(
        "lignes",
        sa.Column("refacture", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        schema=schema,
    )
    op.alter_column("lignes", "refacture", server_default=None, schema=schema)
    op.create_foreign_key(
        op.f("fk_lignes_credite"),
        "lignes",
        "lignes",
        ["credite"],
        ["id"],
        source_schema="societe",
        referent_schema="societe",
    )
    op.create_index(
        "ix_lignes_credite",
        "lignes",
        ["credite"],
        unique=False,
        schema="societe",
        postgresql_where=sa.text("credite IS NOT NULL"),
    )
    montants = [
        sa.Column(nom, sa.Numeric(precision=14, scale=2), nullable=False)
        for nom in ("base", "tva", "frais", "escompte", "entete")
    ]
    op.create_table(
        "credits",
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("facture", sa.Uuid(), nullable=False),
        sa.Column("categorie", sa.Text(), nullable=False),
        sa.Column("taux", sa.Numeric(precision=5, scale=2), nullable=False),
        *montants,
        sa.ForeignKeyConstraint(
            ["document"], ["societe.documents.id"], name=op.f("fk_credits_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["facture"], ["societe.documents.id"], name=op.f("fk_credits_facture")),
        sa.PrimaryKeyConstraint("document", "facture", "categorie", "taux", name=op.f("pk_credits")),
        schema="societe",
    )
    op.create_index("ix_credits_facture", "credits", ["facture"], unique=False, schema="societe")
    _reprendre(schema)
    _proteger(schema)
    _borner(schema)


def _reprendre(schema: str) -> None:
    """Give present notes de crédit what new ones have; those that came by retours find their facture behind them."""
    op.execute(f"""ALTER TABLE "{schema}".lignes DISABLE TRIGGER USER""")
    op.execute(f"""
        UPDATE "{schema}".lignes SET credite = origine WHERE nature = 'credit' AND origine IS NOT NULL
    """)  # noqa: S608 (the schema's own name)
    op.execute(f"""
        WITH visees AS (
            SELECT DISTINCT ON (note.id) note.id, f.id AS facturee
            FROM "{schema}".lignes note
            JOIN "{schema}".documents d ON d.id = note.document AND d.type = 'note_credit'
            JOIN "{schema}".lignes retour ON retour.id = note.origine AND retour.nature = 'reference'
            JOIN "{schema}".lignes f ON f.id = retour.origine OR f.origine = retour.origine
            JOIN "{schema}".documents fd ON fd.id = f.document AND fd.type = 'facture' AND fd.numero IS NOT NULL
            WHERE f.quantite - f.quantite_transferee >= note.quantite
            ORDER BY note.id, f.id
        ), posees AS (
            UPDATE "{schema}".lignes note SET credite = visees.facturee FROM visees WHERE visees.id = note.id
            RETURNING note.credite, note.quantite, note.quantite_unite_commande
        )
        UPDATE "{schema}".lignes f
        SET quantite_transferee = quantite_transferee + somme.base,
            quantite_unite_commande_transferee = quantite_unite_commande_transferee + somme.commande
        FROM (
            SELECT credite, sum(quantite) AS base, sum(coalesce(quantite_unite_commande, 0)) AS commande
            FROM posees GROUP BY credite
        ) somme WHERE somme.credite = f.id
    """)  # noqa: S608
    op.execute(f"""ALTER TABLE "{schema}".lignes ENABLE TRIGGER USER""")
    op.execute(f"""
        INSERT INTO "{schema}".credits
        SELECT note.id, sources.facture, g ->> 'categorie', (g ->> 'taux')::numeric,
               (g ->> 'base')::numeric, (g ->> 'tva')::numeric, 0,
               round(coalesce((note.impression -> 'escompte' ->> 'pourcentage')::numeric, 0) * sources.lignes / 100, 2),
               0
        FROM "{schema}".documents note
        CROSS JOIN LATERAL jsonb_array_elements(note.totaux -> 'par_taux') g
        CROSS JOIN LATERAL (
            SELECT min(f.document::text)::uuid AS facture, count(DISTINCT f.document) AS nombre,
                   coalesce(sum(l.montant_htva) FILTER (
                       WHERE l.categorie = g ->> 'categorie' AND l.taux_tva = (g ->> 'taux')::numeric), 0) AS lignes
            FROM "{schema}".lignes l JOIN "{schema}".lignes f ON f.id = l.credite WHERE l.document = note.id
        ) sources
        WHERE note.type = 'note_credit' AND sources.nombre = 1
    """)  # noqa: S608


def _proteger(schema: str) -> None:
    """Hold what an issued note took as its lines are held."""
    for evenement, table in (("INSERT", "NEW TABLE AS nouvelles"), ("DELETE", "OLD TABLE AS anciennes")):
        op.execute(f"""
            CREATE TRIGGER credits_emis_{evenement.lower()} AFTER {evenement} ON "{schema}".credits
            REFERENCING {table} FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_ligne_emise()
        """)
    op.execute(f"""
        CREATE TRIGGER credits_jamais_changes BEFORE UPDATE OR TRUNCATE ON "{schema}".credits
        FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
    """)


def _borner(schema: str) -> None:
    """Goods of variable weight that were typed by the piece are counted by the piece, as `restes.reste` does."""
    op.execute(f"""
        CREATE FUNCTION "{schema}".exiger_une_fois(facturees uuid[], creditees uuid[]) RETURNS void
        LANGUAGE plpgsql AS $$
        DECLARE
            fautive integer;
        BEGIN
            PERFORM FROM "{schema}".lignes WHERE id = ANY (facturees || creditees) ORDER BY id FOR UPDATE;
            SELECT source.ordre INTO fautive
            FROM "{schema}".lignes source
            JOIN "{schema}".documents livre ON livre.id = source.document AND livre.type = 'bordereau'
            CROSS JOIN LATERAL (
                SELECT sum(suite.quantite - coalesce(rendu.base, 0)) AS base,
                       sum(suite.quantite_unite_commande - coalesce(rendu.commande, 0))
                           FILTER (WHERE {_MEME_UNITE}) AS commande
                FROM "{schema}".lignes suite
                JOIN "{schema}".documents facture
                    ON facture.id = suite.document AND facture.type = 'facture' AND facture.etat <> 'annule'
                LEFT JOIN LATERAL (
                    SELECT sum(quantite) AS base, sum(quantite_unite_commande) AS commande
                    FROM "{schema}".lignes WHERE credite = suite.id AND refacture
                ) rendu ON true
                WHERE suite.origine = source.id AND suite.nature = 'consomme'
            ) pris
            WHERE source.id = ANY (facturees)
                AND CASE WHEN coalesce((source.facteurs ->> 'flou')::boolean, false) AND source.saisie <> 'base'
                    THEN abs(pris.commande) > abs(source.quantite_unite_commande)
                    ELSE abs(pris.base) > abs(source.quantite) END
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'line % of a bordereau is invoiced twice', fautive USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'lignes_facturees_une_fois';
            END IF;
            SELECT source.ordre INTO fautive FROM "{schema}".lignes source
            WHERE source.id = ANY (creditees)
                AND abs((SELECT sum(quantite) FROM "{schema}".lignes WHERE credite = source.id)) > abs(source.quantite)
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'line % of a facture is credited twice', fautive USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'lignes_creditees_une_fois';
            END IF;
        END $$
    """)  # noqa: S608
    op.execute(f"""
        CREATE FUNCTION "{schema}".verifier_suites() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF EXISTS (SELECT FROM nouvelles WHERE nature = 'consomme' OR credite IS NOT NULL) THEN
                    PERFORM "{schema}".exiger_une_fois(
                        ARRAY(SELECT DISTINCT origine FROM nouvelles WHERE nature = 'consomme'),
                        ARRAY(SELECT DISTINCT credite FROM nouvelles WHERE credite IS NOT NULL));
                END IF;
                RETURN NULL;
            ELSIF TG_OP = 'DELETE' THEN
                IF EXISTS (SELECT FROM anciennes WHERE refacture) THEN
                    PERFORM "{schema}".exiger_une_fois(
                        ARRAY(SELECT f.origine FROM anciennes a JOIN "{schema}".lignes f ON f.id = a.credite
                              WHERE a.refacture), ARRAY[]::uuid[]);
                END IF;
                RETURN NULL;
            END IF;
            PERFORM "{schema}".exiger_une_fois(
                ARRAY(SELECT NEW.origine WHERE NEW.nature = 'consomme' UNION SELECT NEW.id UNION
                      SELECT origine FROM "{schema}".lignes WHERE id = NEW.credite AND NOT NEW.refacture
                          AND OLD.refacture),
                ARRAY_REMOVE(ARRAY[NEW.credite, NEW.id], NULL));
            RETURN NULL;
        END $$
    """)  # noqa: S608
    for evenement, table in (("INSERT", "NEW TABLE AS nouvelles"), ("DELETE", "OLD TABLE AS anciennes")):
        op.execute(f"""
            CREATE TRIGGER lignes_une_fois_{evenement.lower()} AFTER {evenement} ON "{schema}".lignes
            REFERENCING {table} FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".verifier_suites()
        """)
    op.execute(f"""
        CREATE TRIGGER lignes_une_fois_update AFTER UPDATE ON "{schema}".lignes FOR EACH ROW
        WHEN ((OLD.quantite, OLD.quantite_unite_commande, OLD.origine, OLD.nature, OLD.credite, OLD.refacture)
            IS DISTINCT FROM
            (NEW.quantite, NEW.quantite_unite_commande, NEW.origine, NEW.nature, NEW.credite, NEW.refacture))
        EXECUTE FUNCTION "{schema}".verifier_suites()
    """)
