"""Clients and addresses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0005"
down_revision: str | None = "societe_0004"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "clients",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("nom_plie", sa.Text(), nullable=False),
        sa.Column("nom_suite", sa.Text(), nullable=True),
        sa.Column("adresse", postgresql.JSONB(), nullable=False),
        sa.Column("langue", sa.Text(), nullable=False),
        sa.Column("code_libelle", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("courriel", sa.Text(), nullable=True),
        sa.Column("contacts", postgresql.JSONB(), nullable=False),
        sa.Column("numero_tva", sa.Text(), nullable=True),
        sa.Column("numero_entreprise", sa.Text(), nullable=True),
        sa.Column("identifiant_peppol", sa.Text(), nullable=True),
        sa.Column("tarif", sa.Text(), nullable=True),
        sa.Column("remise", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("categorie_tva", sa.Text(), nullable=False),
        sa.Column("echeance", sa.Text(), nullable=True),
        sa.Column("escompte", sa.Text(), nullable=True),
        sa.Column("mode_paiement", sa.Text(), nullable=True),
        sa.Column("mode_livraison", sa.Text(), nullable=True),
        sa.Column("representant", sa.Text(), nullable=True),
        sa.Column("code_statistique", sa.Text(), nullable=True),
        sa.Column("profil", sa.Text(), nullable=True),
        sa.Column("textes", postgresql.JSONB(), nullable=False),
        sa.Column("tournee", sa.Text(), nullable=True),
        sa.Column("ordre_tournee", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("remise BETWEEN 0 AND 100", name=op.f("ck_clients_remise")),
        sa.ForeignKeyConstraint(
            ["categorie_tva"], ["societe.categories_tva.code"], name=op.f("fk_clients_categorie_tva")
        ),
        sa.ForeignKeyConstraint(
            ["code_statistique"], ["societe.codes_statistiques.code"], name=op.f("fk_clients_code_statistique")
        ),
        sa.ForeignKeyConstraint(["echeance"], ["societe.echeances.code"], name=op.f("fk_clients_echeance")),
        sa.ForeignKeyConstraint(["escompte"], ["societe.escomptes.code"], name=op.f("fk_clients_escompte")),
        sa.ForeignKeyConstraint(
            ["mode_livraison"], ["societe.modes_livraison.code"], name=op.f("fk_clients_mode_livraison")
        ),
        sa.ForeignKeyConstraint(
            ["mode_paiement"], ["societe.modes_paiement.code"], name=op.f("fk_clients_mode_paiement")
        ),
        sa.ForeignKeyConstraint(["profil"], ["societe.profils.code"], name=op.f("fk_clients_profil")),
        sa.ForeignKeyConstraint(["representant"], ["societe.representants.code"], name=op.f("fk_clients_representant")),
        sa.ForeignKeyConstraint(["tarif"], ["societe.tarifs.code"], name=op.f("fk_clients_tarif")),
        sa.ForeignKeyConstraint(["tournee"], ["societe.tournees.numero"], name=op.f("fk_clients_tournee")),
        sa.PrimaryKeyConstraint("numero", name=op.f("pk_clients")),
        schema="societe",
    )
    op.create_index(op.f("ix_clients_categorie_tva"), "clients", ["categorie_tva"], unique=False, schema="societe")
    op.create_index(
        op.f("ix_clients_code_statistique"), "clients", ["code_statistique"], unique=False, schema="societe"
    )
    op.create_index(op.f("ix_clients_echeance"), "clients", ["echeance"], unique=False, schema="societe")
    op.create_index(op.f("ix_clients_escompte"), "clients", ["escompte"], unique=False, schema="societe")
    op.create_index(op.f("ix_clients_mode_livraison"), "clients", ["mode_livraison"], unique=False, schema="societe")
    op.create_index(op.f("ix_clients_mode_paiement"), "clients", ["mode_paiement"], unique=False, schema="societe")
    op.create_index("ix_clients_nom_plie", "clients", ["nom_plie", "numero"], unique=False, schema="societe")
    op.create_index(op.f("ix_clients_profil"), "clients", ["profil"], unique=False, schema="societe")
    op.create_index(op.f("ix_clients_representant"), "clients", ["representant"], unique=False, schema="societe")
    op.create_index(op.f("ix_clients_tarif"), "clients", ["tarif"], unique=False, schema="societe")
    op.create_index(op.f("ix_clients_tournee"), "clients", ["tournee"], unique=False, schema="societe")
    op.create_table(
        "adresses",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=True),
        sa.Column("rue", sa.Text(), nullable=True),
        sa.Column("code_postal", sa.Text(), nullable=True),
        sa.Column("localite", sa.Text(), nullable=True),
        sa.Column("pays", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("par_defaut", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["societe.clients.numero"], name=op.f("fk_adresses_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adresses")),
        schema="societe",
    )
    op.create_index(op.f("ix_adresses_client"), "adresses", ["client"], unique=False, schema="societe")
    op.create_index(
        "uq_adresses_par_defaut",
        "adresses",
        ["client"],
        unique=True,
        schema="societe",
        postgresql_where=sa.text("par_defaut"),
    )
