"""The verbs of the parameters."""

from hashlib import sha256

from sqlalchemy import select

from aurore_api.parametres.schemas import ParametresEntree, ParametresSortie
from aurore_api.parametres.tables import Logo, Parametres
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, modifier
from aurore_api.socle.images import DECODAGE, Limites, decoder, encoder
from aurore_api.socle.memoire import Memoire
from aurore_api.socle.types import Entree
from aurore_api.tables.service import imputations_d_autre_genre
from aurore_domain.cycle import TypeDocument
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.imputations import GenreImputation
from aurore_domain.numerotation import verifier_modele

RESSOURCE = "parametres"
LIMITES_LOGO = Limites(octets=2 * 1024 * 1024, pixels=16_000_000, cote=1200)


def vers_sortie(ligne: Parametres) -> ParametresSortie:
    """The row as it is served."""
    return ParametresSortie.model_validate(ligne)


_PARAMETRES = Memoire(
    select(*(nue(Parametres)[nom] for nom in ParametresSortie.model_fields)),
    lambda rangs: ParametresSortie.model_validate(rangs[0]),
)


async def lire(ctx: Contexte) -> ParametresSortie:
    """The société's parameters."""
    return await _PARAMETRES.lire(ctx)


def _verifier_modeles(modeles: dict[TypeDocument, str]) -> None:
    erreurs: list[ErreurAurore] = []
    for genre, modele in modeles.items():
        try:
            verifier_modele(modele)
        except ErreurAurore as erreur:
            erreur.pointeur = f"#/modeles_numero/{genre}"
            erreurs.append(erreur)
    lever(erreurs)


async def _verifier_imputations(ctx: Contexte, entree: ParametresEntree) -> None:
    voulues: dict[str, tuple[str, GenreImputation]] = {"imputation_defaut": (entree.imputation_defaut, "vente")}
    if entree.imputation_achat_defaut is not None:
        voulues["imputation_achat_defaut"] = (entree.imputation_achat_defaut, "achat")
    lever(await imputations_d_autre_genre(ctx, voulues))


async def changer(ctx: Contexte, modification: Entree) -> ParametresSortie:
    """Change some of them.

    Raises:
        ErreurAurore: a template of numbers is not one, in its own words.
        ImputationDAutreGenre: sales would be posted as purchases by default, or the reverse.
    """
    ligne = await charger(ctx, Parametres, 1, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    complete = fusionner(ParametresEntree, vers_sortie(ligne), modification)
    _verifier_modeles(complete.modeles_numero)
    await _verifier_imputations(ctx, complete)
    await modifier(ctx, ligne, champs_de(complete), ressource=RESSOURCE, identifiant="1", vers=vers_sortie)
    return vers_sortie(ligne)


async def lire_logo(ctx: Contexte, empreinte: str | None) -> bytes | None:
    """A present or past logo as PNG."""
    if empreinte is None:
        return None
    return (await charger(ctx, Logo, empreinte, "logo")).image


async def remplacer_logo(ctx: Contexte, contenu: bytes, media: str) -> None:
    """Set the logo, as a PNG of our own making (SEC-05); what was printed keeps the one it had (IMP-18).

    Raises:
        ImageIllisible, ImageFormatDifferent, ImageTropGrande, ImageTropLourde: see `decoder`.
    """
    png = await DECODAGE.passer(lambda: encoder(decoder(contenu, media, LIMITES_LOGO), "image/png"))
    await _poser_logo(ctx, png.contenu)


async def supprimer_logo(ctx: Contexte) -> None:
    """Take the logo away; what was printed keeps the one it had (IMP-18)."""
    await _poser_logo(ctx, None)


async def _poser_logo(ctx: Contexte, png: bytes | None) -> None:
    ligne = await charger(ctx, Parametres, 1, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    empreinte = None if png is None else await _garder(ctx, png)
    await modifier(ctx, ligne, {"logo": empreinte}, ressource=RESSOURCE, identifiant="1", vers=vers_sortie)
    ctx.servir_version(ligne.version)


async def _garder(ctx: Contexte, png: bytes) -> str:
    empreinte = sha256(png).hexdigest()
    if await ctx.session.get(Logo, empreinte) is None:
        ctx.session.add(Logo(empreinte=empreinte, image=png))
        await ctx.session.flush()
    return empreinte
