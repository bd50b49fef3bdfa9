"""Suppliers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0008"
down_revision: str | None = "societe_0007"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "fournisseurs",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("nom_plie", sa.Text(), nullable=False),
        sa.Column("nom_suite", sa.Text(), nullable=True),
        sa.Column("adresse", postgresql.JSONB(), nullable=False),
        sa.Column("langue", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("courriel", sa.Text(), nullable=True),
        sa.Column("contacts", postgresql.JSONB(), nullable=False),
        sa.Column("numero_tva", sa.Text(), nullable=True),
        sa.Column("numero_entreprise", sa.Text(), nullable=True),
        sa.Column("categorie_tva", sa.Text(), nullable=False),
        sa.Column("devise", sa.Text(), nullable=False),
        sa.Column("delai_livraison", sa.SmallInteger(), nullable=True),
        sa.Column("echeance", sa.Text(), nullable=True),
        sa.Column("escompte", sa.Text(), nullable=True),
        sa.Column("mode_paiement", sa.Text(), nullable=True),
        sa.Column("remise", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.Column("bic", sa.Text(), nullable=True),
        sa.Column("numero_client", sa.Text(), nullable=True),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("actif", sa.Boolean(), nullable=False),
        sa.CheckConstraint("delai_livraison >= 0", name=op.f("ck_fournisseurs_delai_livraison")),
        sa.CheckConstraint("remise BETWEEN 0 AND 100", name=op.f("ck_fournisseurs_remise")),
        sa.ForeignKeyConstraint(
            ["categorie_tva"], ["societe.categories_tva.code"], name=op.f("fk_fournisseurs_categorie_tva")
        ),
        sa.ForeignKeyConstraint(["devise"], ["societe.devises.code"], name=op.f("fk_fournisseurs_devise")),
        sa.ForeignKeyConstraint(["echeance"], ["societe.echeances.code"], name=op.f("fk_fournisseurs_echeance")),
        sa.ForeignKeyConstraint(["escompte"], ["societe.escomptes.code"], name=op.f("fk_fournisseurs_escompte")),
        sa.ForeignKeyConstraint(
            ["mode_paiement"], ["societe.modes_paiement.code"], name=op.f("fk_fournisseurs_mode_paiement")
        ),
        sa.PrimaryKeyConstraint("numero", name=op.f("pk_fournisseurs")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_fournisseurs_categorie_tva"), "fournisseurs", ["categorie_tva"], unique=False, schema="societe"
    )
    op.create_index(op.f("ix_fournisseurs_devise"), "fournisseurs", ["devise"], unique=False, schema="societe")
    op.create_index(op.f("ix_fournisseurs_echeance"), "fournisseurs", ["echeance"], unique=False, schema="societe")
    op.create_index(op.f("ix_fournisseurs_escompte"), "fournisseurs", ["escompte"], unique=False, schema="societe")
    op.create_index(
        op.f("ix_fournisseurs_mode_paiement"), "fournisseurs", ["mode_paiement"], unique=False, schema="societe"
    )
    op.create_index("ix_fournisseurs_nom_plie", "fournisseurs", ["nom_plie", "numero"], unique=False, schema="societe")
