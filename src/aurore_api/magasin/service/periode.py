"""The period of a push, and parameters that are off (MAG-01, MAG-10, MAG-25)."""

from collections.abc import Sequence
from typing import Any

from aurore_api.erreurs import ErreurDeChamp
from aurore_api.magasin.poussees import Periode
from aurore_api.magasin.service.elements import Element, resultat
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import PorteeInsuffisante
from aurore_api.socle.portees import DEROGATION, suffit
from aurore_api.socle.textes import detail
from aurore_domain.magasin import Fenetre


def fenetre_de(ctx: Contexte, periode: Periode, jours: int) -> Fenetre:
    """The days that a push takes new things of: the shop's window, or a longer one for a till that was away (MAG-25).

    Raises:
        PorteeInsuffisante: a longer one is for keys with the scope `derogation`.
    """
    demandes = periode.fenetre_jours
    if demandes is not None and demandes > jours and not suffit(ctx.cle.portees, DEROGATION):
        raise PorteeInsuffisante(pointeur="#/fenetre_jours", portee=DEROGATION)
    return Fenetre.jusqu_au(periode.date_fin, jours if demandes is None else demandes)


def desactiver(ctx: Contexte, elements: Sequence[Element[Any]], parametre: str) -> None:
    """Answer that a parameter of the shop is off, whatever was sent: that is no error of the till's data."""
    valeurs = {"parametre": parametre}
    for un in elements:
        dit = detail("desactive_par_parametre", ctx.langue, valeurs)
        erreur = ErreurDeChamp(pointeur=un.racine, code="desactive_par_parametre", detail=dit)
        un.resultat = resultat(un, "desactive", erreurs=[erreur])


def hors_periode(ctx: Contexte, element: Element[Any], fenetre: Fenetre) -> list[ErreurDeChamp]:
    """Say which days are taken."""
    valeurs = {"debut": fenetre.debut, "fin": fenetre.fin}
    dit = detail("hors_periode", ctx.langue, valeurs)
    return [ErreurDeChamp(pointeur=f"{element.racine}/date", code="hors_periode", detail=dit)]
