"""Shops and their parameters (MAG-01)."""

from aurore_api.magasin import requetes
from aurore_api.magasin.schemas import ParametresMagasinEntree, ParametresMagasinSortie
from aurore_api.magasin.tables import Magasin
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, modifier
from aurore_api.socle.erreurs import ReferenceInconnue, RessourceAbsente
from aurore_api.socle.types import Entree
from aurore_api.tables.service import departements_des_familles
from aurore_domain.erreurs import ErreurAurore, lever

RESSOURCE = "magasin"


async def magasin(ctx: Contexte, code: str) -> Magasin:
    """One shop, with its parameters, outside of the session: it stays as it was read when a part of a push fails.

    Raises:
        RessourceAbsente: there is none.
    """
    ligne = await requetes.magasin(ctx, code)
    if ligne is None:
        raise RessourceAbsente(ressource=RESSOURCE, cle=code)
    return ligne


def _parametres(ligne: Magasin) -> ParametresMagasinSortie:
    return ParametresMagasinSortie.model_validate(ligne)


async def lire_parametres(ctx: Contexte, code: str) -> ParametresMagasinSortie:
    """The parameters of a shop. Raises as `magasin`."""
    return _parametres(await magasin(ctx, code))


async def changer_parametres(ctx: Contexte, code: str, modification: Entree) -> ParametresMagasinSortie:
    """Change some of them.

    Raises:
        ReferenceInconnue: there is no such family of articles.
    """
    ligne = await charger(ctx, Magasin, code, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    complets = fusionner(ParametresMagasinEntree, _parametres(ligne), modification)
    await _verifier_familles(ctx, complets.familles_patisserie)
    await modifier(ctx, ligne, champs_de(complets), ressource=RESSOURCE, identifiant=code, vers=_parametres)
    return _parametres(ligne)


async def _verifier_familles(ctx: Contexte, familles: list[str]) -> None:
    connues = await departements_des_familles(ctx, familles) if familles else {}
    perdues: list[ErreurAurore] = [
        ReferenceInconnue(pointeur=f"#/familles_patisserie/{rang}", table="familles")
        for rang, code in enumerate(familles)
        if code not in connues
    ]
    lever(perdues)
