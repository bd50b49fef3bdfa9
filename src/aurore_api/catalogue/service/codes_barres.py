"""What a scanned bar code stands for (ART-15)."""

from decimal import Decimal

from aurore_api.catalogue import requetes
from aurore_api.catalogue.erreurs import CodeBarresInconnu
from aurore_api.catalogue.schemas import CodeBarresSortie
from aurore_api.catalogue.service.articles import servir
from aurore_api.catalogue.tables import UniteSupplementaire
from aurore_api.socle.contexte import Contexte
from aurore_api.tables.service import decimales_des_unites
from aurore_domain.unites import Conversion, vers_base


async def lire(ctx: Contexte, code: str) -> CodeBarresSortie:
    """The article or unit that bears a code.

    Raises:
        CodeBarresInconnu: none does.
    """
    trouve = await requetes.code_barres(ctx, code)
    if trouve is None:
        raise CodeBarresInconnu
    ligne, unite = trouve
    (article,) = await servir(ctx, [ligne])
    decimales = await decimales_des_unites(ctx, [article.unite])
    return CodeBarresSortie(
        **article.model_dump(include=CodeBarresSortie.model_fields.keys() & type(article).model_fields.keys()),
        code=code,
        article=article.numero,
        abreviation=unite and unite.abreviation,
        unite_commande=unite and unite.unite,
        facteur=unite and unite.facteur,
        operateur=unite and unite.operateur,
        quantite=_en_base(unite, decimales[article.unite]),
    )


def _en_base(unite: UniteSupplementaire | None, decimales_base: int) -> Decimal:
    """How much one of it is, in base unit (CAL-01, CAL-02)."""
    if unite is None:
        return Decimal(1)
    return vers_base(
        Decimal(1),
        Conversion(
            facteur=unite.facteur,
            operateur=unite.operateur,  # type: ignore[arg-type]  # the table holds no other
            decimales=unite.decimales,
            decimales_base=decimales_base,
        ),
    )
