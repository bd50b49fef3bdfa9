"""What standing orders refuse beyond what their fields and the database's references refuse by themselves."""

from aurore_domain.erreurs import Conflit, ValeurRefusee


class ArticleRepete(ValeurRefusee):
    """Two lines of a standing order are of one article: it would not be clear which one an override replaces."""

    code = "article_repete"


class ExceptionDejaPresente(Conflit):
    """The standing order has an override of this article on this day already: change that one."""

    code = "exception_deja_presente"


class PausesQuiSeChevauchent(Conflit):
    """A pause of the standing order shares a day with another."""

    code = "pauses_qui_se_chevauchent"
