"""Issued factures and notes de crédit that the database itself lets nobody change or delete (EFF-02, CPT-03, DOC-09).

What may change of them is listed here; any other column, also one that later migrations add, is fixed by default. A
document that was reopened (`reouvert_le`, DOC-08) changes, lines and all, but for what makes it this document, until it
is issued again. Anonymising (CLI-10) opens a door for its own transaction, `SET LOCAL aurore.porte = 'anonymisation'`,
that lets what was copied of the client go and nothing else.
"""

from alembic import op

revision = "societe_0020"
down_revision: str | None = "societe_0019"

SUIVI = ("etat", "version", "nombre_impressions", "frais_transferes_vers", "recherche", "reouvert_le")
"""What goes on about a document once it is issued: its state, its copies, the index that finds it, its reopening."""
DU_CLIENT = (
    "client_copie",
    "adresse_livraison",
    "vos_references",
    "contact",
    "remarque_interne",
    "iban_domiciliation",
    "textes",
)
IDENTITE = ("id", "type", "exercice", "numero", "numero_affiche", "client", "cree_le")
COMPTEURS = ("quantite_transferee", "quantite_unite_commande_transferee", "quantite_retournee")
"""What following documents have taken of a line."""


def _liste(noms: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join(f"'{nom}'" for nom in noms) + "]"


def upgrade() -> None:
    """Add the functions and their triggers."""
    schema = op.get_context().opts["version_table_schema"]
    op.execute(f"""
        CREATE FUNCTION "{schema}".est_fiscal(type text, numero bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
        $$ SELECT numero IS NOT NULL AND type IN ('facture', 'note_credit') $$
    """)
    op.execute(f"""
        CREATE FUNCTION "{schema}".refuser_emis() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            libres text[] := {_liste(SUIVI)};
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF OLD.reouvert_le IS NOT NULL THEN
                    IF ({", ".join(f"NEW.{nom}" for nom in IDENTITE)})
                        IS NOT DISTINCT FROM ({", ".join(f"OLD.{nom}" for nom in IDENTITE)}) THEN
                        RETURN NEW;
                    END IF;
                ELSE
                    IF current_setting('aurore.porte', true) = 'anonymisation' THEN
                        libres := libres || {_liste(DU_CLIENT)};
                    END IF;
                    IF to_jsonb(NEW) - libres = to_jsonb(OLD) - libres
                        AND (NEW.reouvert_le IS NULL OR NEW.etat = 'en_attente') THEN
                        RETURN NEW;
                    END IF;
                END IF;
            END IF;
            RAISE EXCEPTION '% % is issued', OLD.type, OLD.numero USING ERRCODE = 'restrict_violation';
        END $$
    """)
    op.execute(f"""
        CREATE TRIGGER documents_emis BEFORE UPDATE OR DELETE ON "{schema}".documents
        FOR EACH ROW WHEN ("{schema}".est_fiscal(OLD.type, OLD.numero)) EXECUTE FUNCTION "{schema}".refuser_emis()
    """)
    op.execute(f"""
        CREATE FUNCTION "{schema}".refuser_ligne_emise() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            touches uuid[];
        BEGIN
            IF TG_OP = 'INSERT' THEN
                touches := ARRAY(SELECT DISTINCT document FROM nouvelles);
            ELSIF TG_OP = 'DELETE' THEN
                touches := ARRAY(SELECT DISTINCT document FROM anciennes);
            ELSE
                touches := ARRAY[OLD.document, NEW.document];
            END IF;
            IF EXISTS (
                SELECT FROM "{schema}".documents
                WHERE id = ANY (touches) AND "{schema}".est_fiscal(type, numero) AND reouvert_le IS NULL
            ) THEN
                RAISE EXCEPTION 'the line is of an issued document' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
    """)  # noqa: S608 (the schema's own name)
    for evenement, tables in (("INSERT", "NEW TABLE AS nouvelles"), ("DELETE", "OLD TABLE AS anciennes")):
        op.execute(f"""
            CREATE TRIGGER lignes_emises_{evenement.lower()} AFTER {evenement} ON "{schema}".lignes
            REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_ligne_emise()
        """)
    for evenement, tables in (("INSERT", "NEW TABLE AS nouvelles"), ("DELETE", "OLD TABLE AS anciennes")):
        op.execute(f"""
            CREATE TRIGGER acomptes_emis_{evenement.lower()} AFTER {evenement} ON "{schema}".acomptes
            REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_ligne_emise()
        """)
    op.execute(f"""
        CREATE TRIGGER acomptes_emis_update BEFORE UPDATE ON "{schema}".acomptes FOR EACH ROW
        WHEN ((OLD.document, OLD.date, OLD.montant, OLD.mode_paiement)
            IS DISTINCT FROM (NEW.document, NEW.date, NEW.montant, NEW.mode_paiement))
        EXECUTE FUNCTION "{schema}".refuser_ligne_emise()
    """)
    # The line that a line came from may vanish (an erased offre), and only vanish.
    op.execute(f"""
        CREATE TRIGGER lignes_emises_update BEFORE UPDATE ON "{schema}".lignes FOR EACH ROW
        WHEN (to_jsonb(NEW) - {_liste((*COMPTEURS, "origine"))}
                IS DISTINCT FROM to_jsonb(OLD) - {_liste((*COMPTEURS, "origine"))}
            OR (NEW.origine IS NOT NULL AND NEW.origine IS DISTINCT FROM OLD.origine))
        EXECUTE FUNCTION "{schema}".refuser_ligne_emise()
    """)
    for table in ("documents", "lignes"):
        op.execute(f"""
            CREATE TRIGGER {table}_jamais_vides BEFORE TRUNCATE ON "{schema}".{table}
            FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuser_changement()
        """)
