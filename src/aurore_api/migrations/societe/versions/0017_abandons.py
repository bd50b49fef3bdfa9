"""Giving up what is ordered and not delivered: quantities on lines, and the record of each giving-up (TRF-08)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0017"
down_revision: str | None = "societe_0016"

QUANTITE = sa.Numeric(precision=15, scale=6)


def upgrade() -> None:
    """Add them; nothing was given up before."""
    schema = op.get_context().opts["version_table_schema"]
    for de in ("quantite", "quantite_unite_commande"):
        colonne = f"{de}_abandonnee"
        op.add_column(
            "lignes",
            sa.Column(colonne, QUANTITE, nullable=False, server_default=sa.text("0")),
            schema=schema,
        )
        op.alter_column("lignes", colonne, server_default=None, schema=schema)
        op.create_check_constraint(
            op.f(f"ck_lignes_{colonne.removeprefix('quantite_')}"),
            "lignes",
            f"abs({colonne}) <= abs(coalesce({de}, 0)) AND {colonne} * {de} >= 0",
            schema=schema,
        )
    op.create_table(
        "abandons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cle", sa.BigInteger(), nullable=False),
        sa.Column("repris_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abandons")),
        schema="societe",
    )
    op.create_table(
        "lignes_abandonnees",
        sa.Column("abandon", sa.Uuid(), nullable=False),
        sa.Column("ligne", sa.Uuid(), nullable=False),
        sa.Column("quantite", QUANTITE, nullable=False),
        sa.Column("quantite_unite_commande", QUANTITE, nullable=False),
        sa.PrimaryKeyConstraint("abandon", "ligne", name=op.f("pk_lignes_abandonnees")),
        sa.ForeignKeyConstraint(["abandon"], ["societe.abandons.id"], name=op.f("fk_lignes_abandonnees_abandon")),
        sa.ForeignKeyConstraint(
            ["ligne"], ["societe.lignes.id"], name=op.f("fk_lignes_abandonnees_ligne"), ondelete="CASCADE"
        ),
        schema="societe",
    )
    op.create_index("ix_lignes_abandonnees_ligne", "lignes_abandonnees", ["ligne"], schema="societe")
