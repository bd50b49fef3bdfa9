"""What becomes of what a till pushes (MAG-10 to MAG-13, MAG-26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from aurore_domain.erreurs import ValeurRefusee

Jour = date
"""`date` under another name: a property is called `date` too."""
LIVRAISON_MAX = timedelta(days=732)
"""How long after it was taken an order can be for."""


class VersionIncoherente(ValeurRefusee):
    """MAG-12: what was pushed under the same version says something else. Values: `version`."""

    code = "version_incoherente"


class LivraisonImpossible(ValeurRefusee):
    """The day of delivery is before the order's, or years after it. Values: `date`, `maximum`."""

    code = "livraison_impossible"


class SansLigne(ValeurRefusee):
    """MAG-10: an order that is not cancelled orders something."""

    code = "sans_ligne"


class ArticleRequis(ValeurRefusee):
    """MAG-10: a line names its article, by number or by bar code."""

    code = "article_requis"


class ArticlesContraires(ValeurRefusee):
    """A line's bar code is not of the article that it names. Values: `article`."""

    code = "articles_contraires"


class DoubleFacturation(ValeurRefusee):
    """MAG-19: the sale, or the order that it came from, is here under this reference already.

    Values: `reference`, `autre` what holds it (`commande`, `facture`).
    """

    code = "double_facturation"


class CreditClientRefuse(ValeurRefusee):
    """MAG-17: credit of private clients stays at the till; such a sale is none of ours."""

    code = "credit_client_refuse"


class TotalDifferent(ValeurRefusee):
    """MAG-18: the lines do not come to the ticket's total, VAT included. Values: `total`, `lignes`."""

    code = "total_different"


class Suite(StrEnum):
    """What is done about something that was pushed."""

    CREER = "creer"
    CHANGER = "changer"
    ANNULER = "annuler"
    RETENIR_ANNULEE = "retenir_annulee"
    """Cancelled without a document here: only remembered, so that an older version that comes late makes none."""
    RETENIR_VERSION = "retenir_version"
    """The same content under a newer version."""
    RIEN = "rien"
    ANTERIEURE = "anterieure"
    HORS_PERIODE = "hors_periode"
    CONFLIT = "conflit"
    DOUBLE = "double"
    """A sale of which the reference, or that of its order, is taken: it is refused (MAG-19)."""


class Motif(StrEnum):
    """Why something that was pushed cannot be taken without someone's decision (MAG-13, MAG-19)."""

    TRANSFEREE = "transferee"
    ABANDONNEE = "abandonnee"
    ANNULEE_ICI = "annulee_ici"
    CHANGEE_ICI = "changee_ici"
    SUPPRIMEE_ICI = "supprimee_ici"
    DEJA_FACTUREE = "deja_facturee"


@dataclass(frozen=True, slots=True)
class Recue:
    """Something pushed under a reference; `empreinte` stands for all of its content but the version."""

    date: date
    version: int
    empreinte: str
    annulee: bool = False


@dataclass(frozen=True, slots=True)
class Vue:
    """A version that was seen before."""

    version: int
    empreinte: str


@dataclass(frozen=True, slots=True)
class Connue:
    """What is known of a reference: the last version taken or settled, and what became of the document here.

    `touche` says what happened to the document here since; `absente` that there is none, although it is not cancelled.
    """

    derniere: Vue
    annulee: bool = False
    absente: bool = False
    touche: Motif | None = None
    conflit: Vue | None = None
    """The version that waits for someone's decision."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done, and why it cannot be."""

    suite: Suite
    motif: Motif | None = None


@dataclass(frozen=True, slots=True)
class Fenetre:
    """Days, both included, from which things that are new here are taken (MAG-10)."""

    debut: date
    fin: date

    @classmethod
    def jusqu_au(cls, fin: date, jours: int) -> "Fenetre":
        """The window of a period that ends on a day and goes so many days back."""
        return cls(fin - timedelta(days=jours), fin)

    def __contains__(self, jour: date) -> bool:
        return self.debut <= jour <= self.fin


def decider(
    recue: Recue, connue: Connue | None, fenetre: Fenetre, *, prise_ailleurs: bool, vente: bool = False
) -> Decision:
    """What is done about an order, or about a sale that is to be invoiced (MAG-10, MAG-12, MAG-13, MAG-18, MAG-19).

    `prise_ailleurs`: of an order, that its sale came as a facture à établir, by the order's reference or as its origin;
    of a `vente`, that its reference or its origin's is an order that is not cancelled, or another sale.

    Raises:
        VersionIncoherente: the same version came before with other content.
    """
    if connue is None:
        return _sans_doubler(_nouvelle(recue, fenetre), prise_ailleurs=prise_ailleurs, vente=vente)
    derniere = connue.conflit or connue.derniere
    if recue.version < derniere.version:
        return Decision(Suite.ANTERIEURE)
    if recue.version == derniere.version:
        if recue.empreinte != derniere.empreinte:
            raise VersionIncoherente(pointeur="#/version", version=recue.version)
        return Decision(Suite.RIEN) if connue.conflit is None else Decision(Suite.CONFLIT, connue.touche)
    if connue.conflit is not None:
        return Decision(Suite.CONFLIT, connue.touche)
    if recue.empreinte == derniere.empreinte:
        return Decision(Suite.RETENIR_VERSION)
    return _sans_doubler(_changee(recue, connue), prise_ailleurs=prise_ailleurs, vente=vente)


def _sans_doubler(decision: Decision, *, prise_ailleurs: bool, vente: bool) -> Decision:
    """Let nothing stand for a second time: of what is taken already nothing is made, nor changed into it (MAG-19).

    An order that is cancelled although its sale is to be invoiced is for someone to look at.
    """
    suites = {Suite.CREER, Suite.CHANGER} if vente else {Suite.CREER, Suite.CHANGER, Suite.RETENIR_ANNULEE}
    if not prise_ailleurs or (decision.suite not in suites and decision.motif is not Motif.SUPPRIMEE_ICI):
        return decision
    return Decision(Suite.DOUBLE) if vente else Decision(Suite.CONFLIT, Motif.DEJA_FACTUREE)


def _nouvelle(recue: Recue, fenetre: Fenetre) -> Decision:
    if recue.date not in fenetre:
        return Decision(Suite.HORS_PERIODE)
    return Decision(Suite.RETENIR_ANNULEE if recue.annulee else Suite.CREER)


def _changee(recue: Recue, connue: Connue) -> Decision:
    """Another content under a newer version. The window is not asked: changes of what is known are always taken."""
    if connue.annulee:
        if recue.annulee:
            return Decision(Suite.RETENIR_VERSION)
        return Decision(Suite.CREER)
    if connue.absente:
        if recue.annulee:
            return Decision(Suite.RETENIR_ANNULEE)
        return Decision(Suite.CONFLIT, Motif.SUPPRIMEE_ICI)
    if connue.touche is not None:
        return Decision(Suite.CONFLIT, connue.touche)
    return Decision(Suite.ANNULER if recue.annulee else Suite.CHANGER)


def verifier_livraison(prise: date, livraison: date) -> None:
    """Refuse a day of delivery that cannot be meant. Raises `LivraisonImpossible`."""
    if not prise <= livraison <= prise + LIVRAISON_MAX:
        raise LivraisonImpossible(pointeur="#/date_livraison", date=prise, maximum=prise + LIVRAISON_MAX)


class CommandeDatee(Protocol):
    """An order as its days tell it."""

    @property
    def date(self) -> date:
        """When it was taken."""

    @property
    def date_livraison_prevue(self) -> Jour | None:
        """When it is picked up or delivered."""


class LigneDatee(Protocol):
    """A line as its day tells it."""

    @property
    def date_livraison(self) -> date | None:
        """When it is picked up or delivered, if that is said of it."""


def dernier_jour(commande: CommandeDatee, lignes: Iterable[LigneDatee]) -> date:
    """The last day on which something of an order is to be picked up or delivered; without any, that it was taken."""
    jours = [commande.date_livraison_prevue, *(une.date_livraison for une in lignes)]
    return max((un for un in jours if un is not None), default=commande.date)


def se_cloture(*, facturable: bool, entamee: bool, dernier: date, aujourd_hui: date) -> bool:
    """Whether a till's order closes by itself (MAG-26): a private client's, of which nothing moved on, after its day.

    `entamee` says that something of it stands in a following document; `facturable` is the client's (CLI-13).
    """
    return not facturable and not entamee and dernier < aujourd_hui
