"""What operations on the stock refuse."""

from aurore_domain.erreurs import ValeurRefusee


class StockNonGere(ValeurRefusee):
    """The article is not kept in stock: a service, or one that moves its components (ART-11, ART-15)."""

    code = "stock_non_gere"


class QuantiteNulle(ValeurRefusee):
    """A correction by 0 corrects nothing."""

    code = "quantite_nulle"


class ArticleEnDouble(ValeurRefusee):
    """The same article stands twice, in one dépôt: which of the two counts?"""

    code = "article_en_double"


class DepotsIdentiques(ValeurRefusee):
    """A transfer from a dépôt to itself moves nothing."""

    code = "depots_identiques"


class ArticleNonVidange(ValeurRefusee):
    """CLI-12: the article is no crate, so no client has a balance of it."""

    code = "article_non_vidange"
