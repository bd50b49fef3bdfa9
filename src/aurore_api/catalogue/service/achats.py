"""What buying an article tells of it (ART-17)."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from aurore_api.catalogue.service.articles import RESSOURCE, enregistre
from aurore_api.catalogue.tables import Article
from aurore_api.socle.colonnes import un_de
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import modifier
from aurore_domain.calcul_prix import PRIX_MAXIMUM
from aurore_domain.montants import arrondir
from aurore_domain.prix import DECIMALES_PRIX


async def noter_prix_achat(ctx: Contexte, prix: Mapping[str, Decimal]) -> None:
    """Keep the last purchase price of articles, in EUR per base unit without costs, to 4 decimals (CAL-13, FOU-02)."""
    if not prix:
        return
    requete = select(Article).where(col(Article.numero) == un_de(prix)).order_by(col(Article.numero))
    # Lines of others refer to them and wait for the stock that is held here: a stronger lock would wait for these.
    requete = requete.with_for_update(key_share=True)
    for ligne in await ctx.session.scalars(requete.execution_options(populate_existing=True)):
        champs = {"dernier_prix_achat": min(arrondir(prix[ligne.numero], DECIMALES_PRIX), PRIX_MAXIMUM)}
        await modifier(ctx, ligne, champs, ressource=RESSOURCE, identifiant=ligne.numero, vers=enregistre)
