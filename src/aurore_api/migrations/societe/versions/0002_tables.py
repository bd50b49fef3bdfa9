"""Plain tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0002"
down_revision: str | None = "societe_0001"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "categories_tva",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_categories_tva")),
        schema="societe",
    )
    op.create_table(
        "codes_statistiques",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_codes_statistiques")),
        schema="societe",
    )
    op.create_table(
        "codes_tva",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("taux", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_codes_tva")),
        schema="societe",
    )
    op.create_table(
        "departements",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_departements")),
        schema="societe",
    )
    op.create_table(
        "depots",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_depots")),
        schema="societe",
    )
    op.create_table(
        "echeances",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("jours", sa.SmallInteger(), nullable=False),
        sa.Column("fin_de_mois", sa.Boolean(), nullable=False),
        sa.Column("jour_fixe", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_echeances")),
        schema="societe",
    )
    op.create_table(
        "escomptes",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=True),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("pourcentage", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("jours", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_escomptes")),
        schema="societe",
    )
    op.create_table(
        "imputations",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_imputations")),
        schema="societe",
    )
    op.create_table(
        "modes_paiement",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_modes_paiement")),
        schema="societe",
    )
    op.create_table(
        "plans_analytiques",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_plans_analytiques")),
        schema="societe",
    )
    op.create_table(
        "profils",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_profils")),
        schema="societe",
    )
    op.create_table(
        "representants",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_representants")),
        schema="societe",
    )
    op.create_table(
        "tarifs",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_tarifs")),
        schema="societe",
    )
    op.create_table(
        "tournees",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("jour", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("numero", name=op.f("pk_tournees")),
        schema="societe",
    )
    op.create_table(
        "unites",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("decimales", sa.SmallInteger(), nullable=False),
        sa.Column("code_unece", sa.Text(), nullable=True),
        sa.CheckConstraint("decimales BETWEEN 0 AND 6", name=op.f("ck_unites_decimales")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unites")),
        schema="societe",
    )
    op.create_table(
        "comptes_analytiques",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["societe.plans_analytiques.code"], name=op.f("fk_comptes_analytiques_plan")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_comptes_analytiques")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_comptes_analytiques_plan"), "comptes_analytiques", ["plan"], unique=False, schema="societe"
    )
    op.create_table(
        "familles",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("departement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["departement"], ["societe.departements.code"], name=op.f("fk_familles_departement")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_familles")),
        schema="societe",
    )
    op.create_index(op.f("ix_familles_departement"), "familles", ["departement"], unique=False, schema="societe")
    op.create_table(
        "modes_livraison",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("montant", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("code_tva", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["code_tva"], ["societe.codes_tva.code"], name=op.f("fk_modes_livraison_code_tva")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_modes_livraison")),
        schema="societe",
    )
    op.create_index(
        op.f("ix_modes_livraison_code_tva"), "modes_livraison", ["code_tva"], unique=False, schema="societe"
    )
