"""The time until which commandes for a delivery day are taken: late ones are refused, or taken and marked (CLI-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aurore_api.documents.saisie import Etabli
from aurore_api.documents.tables import LigneDocument
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.heures import HeureLimite
from aurore_api.socle.portees import DEROGATION, suffit
from aurore_domain.cycle import TypeDocument
from aurore_domain.heure_limite import HeureLimiteDepassee, est_depassee, limite, regle_applicable

Regime = Literal["exiger", "marquer", "ignorer"]
"""What becomes of a commande that comes late.

`exiger` refuses it unless the key has the scope `derogation`, and marks it then; `marquer` never refuses, as for the
orders of a till; `ignorer` does neither: what a standing order asks for was known in time.
"""

LIVRE = frozenset(
    {"article", "suivre_remplacement", "quantite", "quantite_unite_commande", "unite_commande", "date_livraison"}
)
"""The fields of a line that change what is delivered, or when."""


@dataclass(frozen=True, slots=True)
class _Regle:
    jours_avant: int
    heure: time


def _lue(regle: HeureLimite | dict[str, Any] | None) -> _Regle | None:
    if regle is None:
        return None
    lue = HeureLimite.model_validate(regle)
    return _Regle(lue.jours_avant, time.fromisoformat(lue.heure))


def _retard(ctx: Contexte, etabli: Etabli, jours: Iterable[date | None]) -> tuple[date, datetime] | None:
    """The first of these delivery days, and its limit on the société's clock, if that has passed."""
    livraisons = [un for un in jours if un is not None]
    if etabli.document.type is not TypeDocument.COMMANDE or etabli.client is None:
        return None
    regle = regle_applicable(
        client=_lue(etabli.client.heure_limite),
        tournee=_lue(etabli.referentiel.heures_limites.get(etabli.document.tournee or "")),
        societe=_lue(etabli.parametres.heure_limite),
    )
    if regle is None or not livraisons:
        return None
    premiere, fuseau = min(livraisons), ZoneInfo(ctx.cle.fuseau)
    if not est_depassee(ctx.maintenant, premiere, regle.jours_avant, regle.heure, fuseau):
        return None
    return premiere, limite(premiere, regle.jours_avant, regle.heure, fuseau).astimezone(fuseau)


def verifier(
    ctx: Contexte,
    etabli: Etabli,
    jours: Iterable[date | None],
    regime: Regime = "exiger",
    *,
    pointeur: str = "#/date_livraison_prevue",
) -> None:
    """Refuse or mark a commande of which something to deliver on one of these days is entered or changed too late.

    Raises:
        HeureLimiteDepassee: it is too late for the first of the days.
    """
    retard = None if regime == "ignorer" else _retard(ctx, etabli, jours)
    if retard is None:
        return
    if regime == "exiger" and not suffit(ctx.cle.portees, DEROGATION):
        raise HeureLimiteDepassee(pointeur=pointeur, date=retard[0], limite=retard[1])
    etabli.document.tardive = True


def verifier_tout(
    ctx: Contexte,
    etabli: Etabli,
    lignes: Iterable[LigneDocument],
    regime: Regime = "exiger",
    *,
    pointeur: str = "#/date_livraison_prevue",
) -> None:
    """`verifier` for the delivery days of the header and of these lines."""
    jours = [etabli.document.date_livraison_prevue, *(une.date_livraison for une in lignes)]
    verifier(ctx, etabli, jours, regime, pointeur=pointeur)


def redater(ctx: Contexte, etabli: Etabli, lignes: Iterable[LigneDocument]) -> None:
    """Judge a commande again whose delivery day was changed: in time for all its days, it is not late any more.

    Raises:
        HeureLimiteDepassee: it is too late for the new day.
    """
    document = etabli.document
    verifier(ctx, etabli, [document.date_livraison_prevue])
    if document.tardive:
        jours = [document.date_livraison_prevue, *(une.date_livraison for une in lignes)]
        document.tardive = _retard(ctx, etabli, jours) is not None
