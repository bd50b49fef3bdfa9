"""Images of articles (ART-10)."""

import sqlalchemy as sa
from alembic import op

revision = "societe_0013"
down_revision: str | None = "societe_0012"


def upgrade() -> None:
    """Add them, and whether offres show them."""
    op.create_table(
        "images",
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("contenu", sa.LargeBinary(), nullable=False),
        sa.Column("vignette", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("empreinte", name=op.f("pk_images")),
        schema="societe",
    )
    op.create_table(
        "images_articles",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ordre", sa.BigInteger(), nullable=False),
        sa.Column("legende", sa.Text(), nullable=True),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("largeur", sa.BigInteger(), nullable=False),
        sa.Column("hauteur", sa.BigInteger(), nullable=False),
        sa.Column("taille", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("type IN ('image/png', 'image/jpeg', 'image/webp')", name=op.f("ck_images_articles_type")),
        sa.CheckConstraint("ordre >= 1", name=op.f("ck_images_articles_ordre")),
        sa.ForeignKeyConstraint(["article"], ["societe.articles.numero"], name=op.f("fk_images_articles_article")),
        sa.ForeignKeyConstraint(["empreinte"], ["societe.images.empreinte"], name=op.f("fk_images_articles_empreinte")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_images_articles")),
        schema="societe",
    )
    # op.create_table has its schema translated; op.add_column has not
    schema = op.get_context().opts["version_table_schema"]
    faux = sa.text("false")
    op.add_column(
        "parametres",
        sa.Column("images_sur_offres", sa.Boolean(), nullable=False, server_default=faux),
        schema=schema,
    )
    op.alter_column("parametres", "images_sur_offres", server_default=None, schema=schema)
