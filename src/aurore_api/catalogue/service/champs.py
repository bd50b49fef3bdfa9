"""The columns of articles: what comes in, checked and with what is not given filled in.

What the rules look at is read before, once for however many articles there are; the rules themselves read nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aurore_api.catalogue import requetes
from aurore_api.catalogue.erreurs import (
    AbreviationUniteDeBase,
    ArticleLuiMeme,
    FamilleHorsDepartement,
    UniteParDefautInconnue,
    UniteProductionInconnue,
    VidangeSansStock,
)
from aurore_api.catalogue.schemas import ArticleEntree
from aurore_api.catalogue.service.remplacements import verifier_successeur
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.tri import plier
from aurore_api.tables.service import departements_des_familles, genres_des_imputations
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.imputations import GenreImputation, ImputationDAutreGenre

_IMPUTATIONS: Mapping[str, GenreImputation] = {"imputation_vente": "vente", "imputation_achat": "achat"}
_UNITES: Mapping[str, type[ErreurAurore]] = {
    "unite_par_defaut": UniteParDefautInconnue,
    "unite_production": UniteProductionInconnue,
}
"""What names a supplementary unit of the article."""


@dataclass(frozen=True, slots=True)
class Faits:
    """What articles are held against, as far as the fields given ask for it."""

    defauts: ParametresSortie | None
    departements: Mapping[str, str | None]
    """Of families."""
    genres: Mapping[str, str]
    """Of posting codes, which they stay until the transaction ends."""
    unites: Collection[tuple[str, str]]
    """Article and abbreviation of supplementary units."""


async def lire_faits(
    ctx: Contexte, entrees: Sequence[ArticleEntree], donnes: Collection[str], *, nouveau: bool
) -> Faits:
    """Read them; `donnes` are the fields given, `nouveau` whether some of the articles are."""
    familles: set[str] = set()
    if not {"famille", "departement"}.isdisjoint(donnes):
        familles = {une.famille for une in entrees if une.famille is not None}
    champs = _IMPUTATIONS.keys() & donnes
    codes = {code for une in entrees for champ in champs if (code := getattr(une, champ)) is not None}
    a_completer = any(une.imputation_vente is None for une in entrees) or (nouveau and "imputation_achat" not in donnes)
    numeros = [] if {"unite", *_UNITES}.isdisjoint(donnes) else [une.numero for une in entrees]
    return Faits(
        defauts=await parametres.lire(ctx) if a_completer else None,
        departements=await departements_des_familles(ctx, familles) if familles else {},
        genres=await genres_des_imputations(ctx, codes) if codes else {},
        unites=await requetes.abreviations_des_articles(ctx, numeros) if numeros else (),
    )


async def champs_de_l_article(
    ctx: Contexte, entree: ArticleEntree, donnes: Collection[str], *, nouveau: bool
) -> dict[str, Any]:
    """The columns; `donnes` are the fields just given, the others were checked when they were."""
    faits = await lire_faits(ctx, [entree], donnes, nouveau=nouveau)
    if "remplace_par" in donnes and entree.remplace_par is not None:
        await verifier_successeur(ctx, entree.numero, entree.remplace_par)
    champs, erreurs = champs_selon(faits, entree, donnes, nouveau=nouveau)
    lever(erreurs)
    return champs


def champs_selon(
    faits: Faits, entree: ArticleEntree, donnes: Collection[str], *, nouveau: bool
) -> tuple[dict[str, Any], list[ErreurAurore]]:
    """The columns, and what is wrong with them; whether its successors lead back is left to the caller."""
    champs = entree.model_dump() | {"designation_pliee": plier(entree.designation)}
    if faits.defauts is not None:
        champs["imputation_vente"] = entree.imputation_vente or faits.defauts.imputation_defaut
        if nouveau and "imputation_achat" not in donnes:
            champs["imputation_achat"] = faits.defauts.imputation_achat_defaut
    champs["departement"] = _departement(faits, entree, donnes)
    erreurs = [*_famille(faits, entree, champs["departement"]), *_unites(faits, entree, donnes)]
    erreurs += [*_imputations(faits, entree, donnes)]
    if entree.substitut == entree.numero:
        erreurs.append(ArticleLuiMeme(pointeur="#/substitut"))
    if entree.vidange and (not entree.gere_stock or (entree.assemble and entree.mouvement_composants)):
        erreurs.append(VidangeSansStock(pointeur="#/vidange"))
    return champs, erreurs


def _departement(faits: Faits, entree: ArticleEntree, donnes: Collection[str]) -> str | None:
    """The article's department: the one given, or else the family's (ART-03)."""
    donne = entree.departement if "departement" in donnes else None
    return donne or faits.departements.get(entree.famille or "") or entree.departement


def _famille(faits: Faits, entree: ArticleEntree, departement: str | None) -> list[ErreurAurore]:
    """Hold the family against the department (ART-03)."""
    le_sien = faits.departements.get(entree.famille or "")
    if le_sien in {None, departement}:
        return []
    return [FamilleHorsDepartement(pointeur="#/famille", departement=le_sien)]


def _unites(faits: Faits, entree: ArticleEntree, donnes: Collection[str]) -> list[ErreurAurore]:
    """Hold base, default and production unit against the article's supplementary units (ART-13, MAG-20)."""
    erreurs: list[ErreurAurore] = []
    if "unite" in donnes and (entree.numero, entree.unite) in faits.unites:
        erreurs.append(AbreviationUniteDeBase(pointeur="#/unite"))
    for champ, refus in _UNITES.items():
        voulue = getattr(entree, champ) if champ in donnes else None
        if voulue is not None and (entree.numero, voulue) not in faits.unites:
            erreurs.append(refus(pointeur=f"#/{champ}"))
    return erreurs


def _imputations(faits: Faits, entree: ArticleEntree, donnes: Collection[str]) -> list[ErreurAurore]:
    """Sales under a code of sales, purchases under one of purchases; one that does not exist is the database's find."""
    return [
        ImputationDAutreGenre(pointeur=f"#/{champ}", genre=genre)
        for champ, genre in _IMPUTATIONS.items()
        if champ in donnes and faits.genres.get(getattr(entree, champ) or "", genre) != genre
    ]
