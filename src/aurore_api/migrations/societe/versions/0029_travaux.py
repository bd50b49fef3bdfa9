"""Jobs, their items, and what comes back (API-08)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "societe_0029"
down_revision: str | None = "societe_0028"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "travaux",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("portee", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("parametres", postgresql.JSONB(), nullable=False),
        sa.Column("langue", sa.Text(), nullable=False),
        sa.Column("cle", sa.BigInteger(), nullable=False),
        sa.Column("requete", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("commence_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fini_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("annulation_demandee", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("faites", sa.Integer(), nullable=False),
        sa.Column("echecs", sa.Integer(), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("constat", postgresql.JSONB(), nullable=True),
        sa.Column("resultat", postgresql.JSONB(), nullable=True),
        sa.Column("probleme", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint(
            "etat IN ('en_attente', 'en_cours', 'termine', 'echoue', 'annule')", name=op.f("ck_travaux_etat")
        ),
        sa.CheckConstraint(
            "(etat IN ('termine', 'echoue', 'annule')) = (fini_le IS NOT NULL)", name=op.f("ck_travaux_fini_le")
        ),
        sa.CheckConstraint(
            "faites >= 0 AND echecs >= 0 AND faites + echecs <= coalesce(total, 0)",
            name=op.f("ck_travaux_progression"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travaux")),
        schema="societe",
    )
    op.create_index(op.f("ix_travaux_genre"), "travaux", ["genre"], schema="societe")
    op.create_index(
        "ix_travaux_vivants", "travaux", ["id"], schema="societe", postgresql_where=sa.text("fini_le IS NULL")
    )
    op.create_table(
        "etapes_travaux",
        sa.Column("travail", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("contenu", postgresql.JSONB(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("fini_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resultat", postgresql.JSONB(), nullable=True),
        sa.Column("probleme", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint("etat IN ('en_attente', 'faite', 'echouee')", name=op.f("ck_etapes_travaux_etat")),
        sa.CheckConstraint("(etat = 'en_attente') = (fini_le IS NULL)", name=op.f("ck_etapes_travaux_fini_le")),
        sa.ForeignKeyConstraint(
            ["travail"], ["societe.travaux.id"], name=op.f("fk_etapes_travaux_travail"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("travail", "rang", name=op.f("pk_etapes_travaux")),
        schema="societe",
    )
    op.create_table(
        "taches_periodiques",
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("periode", sa.Text(), nullable=False),
        sa.Column("faite_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nom", name=op.f("pk_taches_periodiques")),
        schema="societe",
    )
