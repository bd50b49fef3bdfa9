"""Parameters, accounting years, numbers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0003"
down_revision: str | None = "societe_0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "exercices",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("daterange(debut, fin, '[]')"), "&&"), using="gist", name="ex_exercices_debut_fin"
        ),
        sa.CheckConstraint("etat IN ('ouvert', 'cloture')", name=op.f("ck_exercices_etat")),
        sa.CheckConstraint("debut <= fin", name=op.f("ck_exercices_debut_avant_fin")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_exercices")),
        schema="societe",
    )
    op.create_table(
        "logos",
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("empreinte", name=op.f("pk_logos")),
        schema="societe",
    )
    op.create_table(
        "compteurs",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("exercice", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("dernier", sa.BigInteger(), nullable=False),
        sa.Column("derniere_date", sa.Date(), nullable=True),
        sa.CheckConstraint("dernier >= 0", name=op.f("ck_compteurs_dernier")),
        sa.ForeignKeyConstraint(["exercice"], ["societe.exercices.code"], name=op.f("fk_compteurs_exercice")),
        sa.PrimaryKeyConstraint("exercice", "type", name=op.f("pk_compteurs")),
        schema="societe",
    )
    op.create_table(
        "parametres",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("forme_juridique", sa.Text(), nullable=True),
        sa.Column("rpm", sa.Text(), nullable=True),
        sa.Column("numero_tva", sa.Text(), nullable=True),
        sa.Column("numero_entreprise", sa.Text(), nullable=True),
        sa.Column("adresse", postgresql.JSONB(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("courriel", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.Column("bic", sa.Text(), nullable=True),
        sa.Column("texte_legal", sa.Text(), nullable=True),
        sa.Column("langue", sa.Text(), nullable=False),
        sa.Column("impression_directe", sa.Boolean(), nullable=False),
        sa.Column("ouverture_automatique", sa.Boolean(), nullable=False),
        sa.Column("tolerance_depassement", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("code_tva_defaut", sa.Text(), nullable=False),
        sa.Column("imputation_defaut", sa.Text(), nullable=False),
        sa.Column("unite_defaut", sa.Text(), nullable=False),
        sa.Column("categorie_tva_defaut", sa.Text(), nullable=False),
        sa.Column("depot_defaut", sa.Text(), nullable=False),
        sa.Column("profil_defaut", sa.Text(), nullable=False),
        sa.Column("logo", sa.Text(), nullable=True),
        sa.Column("modeles_numero", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_parametres_une_seule")),
        sa.ForeignKeyConstraint(
            ["categorie_tva_defaut"], ["societe.categories_tva.code"], name=op.f("fk_parametres_categorie_tva_defaut")
        ),
        sa.ForeignKeyConstraint(
            ["code_tva_defaut"], ["societe.codes_tva.code"], name=op.f("fk_parametres_code_tva_defaut")
        ),
        sa.ForeignKeyConstraint(["depot_defaut"], ["societe.depots.code"], name=op.f("fk_parametres_depot_defaut")),
        sa.ForeignKeyConstraint(
            ["imputation_defaut"], ["societe.imputations.code"], name=op.f("fk_parametres_imputation_defaut")
        ),
        sa.ForeignKeyConstraint(["logo"], ["societe.logos.empreinte"], name=op.f("fk_parametres_logo")),
        sa.ForeignKeyConstraint(["profil_defaut"], ["societe.profils.code"], name=op.f("fk_parametres_profil_defaut")),
        sa.ForeignKeyConstraint(["unite_defaut"], ["societe.unites.code"], name=op.f("fk_parametres_unite_defaut")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parametres")),
        schema="societe",
    )
    op.create_table(
        "trous_declares",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("exercice", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("du", sa.BigInteger(), nullable=False),
        sa.Column("au", sa.BigInteger(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("declare_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exercice"], ["societe.exercices.code"], name=op.f("fk_trous_declares_exercice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trous_declares")),
        schema="societe",
    )
