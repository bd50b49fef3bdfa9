"""Documents and their lines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0006"
down_revision: str | None = "societe_0005"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "documents",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("exercice", sa.Text(), nullable=True),
        sa.Column("numero", sa.BigInteger(), nullable=True),
        sa.Column("numero_affiche", sa.Text(), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("date_commande", sa.Date(), nullable=True),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("client_copie", postgresql.JSONB(), nullable=False),
        sa.Column("adresse_livraison", postgresql.JSONB(), nullable=True),
        sa.Column("vos_references", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("remarque_interne", sa.Text(), nullable=True),
        sa.Column("date_livraison_prevue", sa.Date(), nullable=True),
        sa.Column("representant", sa.Text(), nullable=True),
        sa.Column("code_statistique", sa.Text(), nullable=True),
        sa.Column("profil", sa.Text(), nullable=True),
        sa.Column("impression_directe", sa.Boolean(), nullable=False),
        sa.Column("categorie_tva", sa.Text(), nullable=False),
        sa.Column("prix_tvac", sa.Boolean(), nullable=False),
        sa.Column("echeance", sa.Text(), nullable=True),
        sa.Column("date_echeance", sa.Date(), nullable=True),
        sa.Column("escompte", sa.Text(), nullable=True),
        sa.Column("depot", sa.Text(), nullable=True),
        sa.Column("textes", postgresql.JSONB(), nullable=False),
        sa.Column("mode_livraison", sa.Text(), nullable=True),
        sa.Column("montant_livraison", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("frais_transferes_vers", sa.Uuid(), nullable=True),
        sa.Column("poids", sa.Numeric(precision=15, scale=6), nullable=True),
        sa.Column("poids_calcule", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("colis", sa.BigInteger(), nullable=True),
        sa.Column("palettes", sa.BigInteger(), nullable=True),
        sa.Column("tournee", sa.Text(), nullable=True),
        sa.Column("ordre_tournee", sa.BigInteger(), nullable=True),
        sa.Column("mode_paiement", sa.Text(), nullable=True),
        sa.Column("iban_domiciliation", sa.Text(), nullable=True),
        sa.Column("communication", sa.Text(), nullable=True),
        sa.Column("total_htva", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_tvac", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("totaux", postgresql.JSONB(), nullable=False),
        sa.Column("nombre_impressions", sa.BigInteger(), nullable=False),
        sa.Column("numerote_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("impression", postgresql.JSONB(), nullable=True),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "etat IN ('en_attente', 'transfere', 'comptabilise', 'annule')", name=op.f("ck_documents_etat")
        ),
        sa.CheckConstraint(
            "type IN ('offre_type', 'offre', 'commande', 'proforma', 'bordereau', 'retour', 'facture', 'note_credit', 'appel_offre', 'commande_fournisseur', 'reception', 'attente_imputation')",
            name=op.f("ck_documents_type"),
        ),
        sa.CheckConstraint("(numero IS NULL) = (exercice IS NULL)", name=op.f("ck_documents_numero_dans_exercice")),
        sa.CheckConstraint("numero IS NULL OR numero > 0", name=op.f("ck_documents_numero_positif")),
        sa.ForeignKeyConstraint(
            ["categorie_tva"], ["societe.categories_tva.code"], name=op.f("fk_documents_categorie_tva")
        ),
        sa.ForeignKeyConstraint(["client"], ["societe.clients.numero"], name=op.f("fk_documents_client")),
        sa.ForeignKeyConstraint(
            ["code_statistique"], ["societe.codes_statistiques.code"], name=op.f("fk_documents_code_statistique")
        ),
        sa.ForeignKeyConstraint(["depot"], ["societe.depots.code"], name=op.f("fk_documents_depot")),
        sa.ForeignKeyConstraint(["echeance"], ["societe.echeances.code"], name=op.f("fk_documents_echeance")),
        sa.ForeignKeyConstraint(["escompte"], ["societe.escomptes.code"], name=op.f("fk_documents_escompte")),
        sa.ForeignKeyConstraint(["exercice"], ["societe.exercices.code"], name=op.f("fk_documents_exercice")),
        sa.ForeignKeyConstraint(
            ["mode_livraison"], ["societe.modes_livraison.code"], name=op.f("fk_documents_mode_livraison")
        ),
        sa.ForeignKeyConstraint(
            ["mode_paiement"], ["societe.modes_paiement.code"], name=op.f("fk_documents_mode_paiement")
        ),
        sa.ForeignKeyConstraint(["profil"], ["societe.profils.code"], name=op.f("fk_documents_profil")),
        sa.ForeignKeyConstraint(
            ["representant"], ["societe.representants.code"], name=op.f("fk_documents_representant")
        ),
        sa.ForeignKeyConstraint(["tournee"], ["societe.tournees.numero"], name=op.f("fk_documents_tournee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("exercice", "type", "numero", name=op.f("uq_documents_exercice_type_numero")),
        schema="societe",
    )
    op.create_index("ix_documents_client_date", "documents", ["client", "date", "id"], unique=False, schema="societe")
    op.create_index(
        "ix_documents_references",
        "documents",
        ["client", "vos_references"],
        unique=False,
        schema="societe",
        postgresql_where=sa.text("vos_references IS NOT NULL"),
    )
    op.create_index("ix_documents_type_date", "documents", ["type", "date", "id"], unique=False, schema="societe")
    op.create_table(
        "lignes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("quantite", sa.Numeric(precision=15, scale=6), nullable=True),
        sa.Column("unite", sa.Text(), nullable=True),
        sa.Column("quantite_unite_commande", sa.Numeric(precision=15, scale=6), nullable=True),
        sa.Column("unite_commande", sa.Text(), nullable=True),
        sa.Column("saisie", sa.Text(), nullable=True),
        sa.Column("facteurs", postgresql.JSONB(), nullable=True),
        sa.Column("prix", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("regle_prix", sa.Text(), nullable=True),
        sa.Column("remise", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("remise_saisie", sa.Boolean(), nullable=False),
        sa.Column("code_tva", sa.Text(), nullable=True),
        sa.Column("categorie", sa.Text(), nullable=True),
        sa.Column("taux_tva", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("taux_fige", sa.Boolean(), nullable=False),
        sa.Column("imputation", sa.Text(), nullable=True),
        sa.Column("date_livraison", sa.Date(), nullable=True),
        sa.Column("depot", sa.Text(), nullable=True),
        sa.Column("taxe", sa.Boolean(), nullable=False),
        sa.Column("sous_total", sa.Boolean(), nullable=False),
        sa.Column("plan_analytique", sa.Text(), nullable=True),
        sa.Column("compte_analytique", sa.Text(), nullable=True),
        sa.Column("mise_a_jour_stock", sa.Boolean(), nullable=False),
        sa.Column("poids_unitaire", sa.Numeric(precision=15, scale=6), nullable=True),
        sa.Column("montant_htva", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("montant_tvac", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("montant_sous_total", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("quantite_transferee", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("quantite_unite_commande_transferee", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("quantite_retournee", sa.Numeric(precision=15, scale=6), nullable=False),
        sa.Column("origine", sa.Uuid(), nullable=True),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "genre <> 'commentaire' OR (quantite IS NULL AND prix IS NULL)", name=op.f("ck_lignes_commentaire")
        ),
        sa.CheckConstraint("genre = 'article' OR article IS NULL", name=op.f("ck_lignes_article")),
        sa.CheckConstraint("genre IN ('article', 'libre', 'commentaire')", name=op.f("ck_lignes_genre")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_lignes_article")),
        sa.ForeignKeyConstraint(["code_tva"], ["societe.codes_tva.code"], name=op.f("fk_lignes_code_tva")),
        sa.ForeignKeyConstraint(
            ["compte_analytique"], ["societe.comptes_analytiques.code"], name=op.f("fk_lignes_compte_analytique")
        ),
        sa.ForeignKeyConstraint(["depot"], ["societe.depots.code"], name=op.f("fk_lignes_depot")),
        sa.ForeignKeyConstraint(
            ["document"], ["societe.documents.id"], name=op.f("fk_lignes_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["imputation"], ["societe.imputations.code"], name=op.f("fk_lignes_imputation")),
        sa.ForeignKeyConstraint(
            ["origine"], ["societe.lignes.id"], name=op.f("fk_lignes_origine"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["plan_analytique"], ["societe.plans_analytiques.code"], name=op.f("fk_lignes_plan_analytique")
        ),
        sa.ForeignKeyConstraint(["unite"], ["societe.unites.code"], name=op.f("fk_lignes_unite")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lignes")),
        sa.UniqueConstraint("document", "ordre", name=op.f("uq_lignes_document_ordre")),
        schema="societe",
    )
    op.create_index(
        "ix_lignes_article",
        "lignes",
        ["article"],
        unique=False,
        schema="societe",
        postgresql_where=sa.text("article IS NOT NULL"),
    )
    op.create_index(
        "ix_lignes_origine",
        "lignes",
        ["origine"],
        unique=False,
        schema="societe",
        postgresql_where=sa.text("origine IS NOT NULL"),
    )
