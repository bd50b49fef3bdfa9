"""The verbs of a posting code's accounts. Every change locks the code first, whose `genre` says their class."""

from sqlalchemy import select
from sqlmodel import col

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, inserer, modifier, supprimer
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.socle.types import Entree
from aurore_api.socle.utilisations import utilisations
from aurore_api.tables.imputations.schemas import CompteImputationEntree, CompteImputationSortie
from aurore_api.tables.schemas import ImputationEntree
from aurore_api.tables.tables import CompteImputation, Imputation
from aurore_domain.imputations import GenreFige, verifier_compte

RESSOURCE, IMPUTATION = "compte_imputation", "imputation"


def _servi(ligne: CompteImputation) -> CompteImputationSortie:
    return CompteImputationSortie.model_validate(ligne)


def _identifiant(ligne: CompteImputation) -> str:
    return f"{ligne.imputation}/{ligne.categorie_tva}"


async def _verrouiller(ctx: Contexte, imputation: str, categorie_tva: str) -> tuple[Imputation, CompteImputation]:
    code = await charger(ctx, Imputation, imputation, IMPUTATION, verrou=True)
    ligne = await charger(ctx, CompteImputation, (imputation, categorie_tva), RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    return code, ligne


async def lister(ctx: Contexte, imputation: str, page: Pagination) -> Page[CompteImputationSortie]:
    """A page of the accounts of a posting code, by VAT category."""
    await charger(ctx, Imputation, imputation, IMPUTATION)
    requete = select(CompteImputation).where(col(CompteImputation.imputation) == imputation)
    lignes, suivant = await lire_page(ctx, requete, page, ([col(CompteImputation.categorie_tva)], False))
    return Page[CompteImputationSortie](data=[_servi(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, imputation: str, categorie_tva: str) -> CompteImputationSortie:
    """The account of a posting code in a VAT category."""
    return _servi(await charger(ctx, CompteImputation, (imputation, categorie_tva), RESSOURCE))


async def creer(ctx: Contexte, imputation: str, entree: CompteImputationEntree) -> CompteImputationSortie:
    """Lead a posting code to an account in a VAT category.

    Raises:
        CompteHorsClasse: it is no account of sales, or of purchases (IMP-02).
    """
    code = await charger(ctx, Imputation, imputation, IMPUTATION, verrou=True)
    verifier_compte(code.genre, entree.compte)
    ligne = CompteImputation(imputation=imputation, genre=code.genre, **champs_de(entree))
    await inserer(ctx, ligne, RESSOURCE, _identifiant(ligne), _servi(ligne))
    return _servi(ligne)


async def changer(ctx: Contexte, imputation: str, categorie_tva: str, modification: Entree) -> CompteImputationSortie:
    """Lead a posting code to another account.

    Raises:
        CompteHorsClasse: it is no account of sales, or of purchases (IMP-02).
    """
    code, ligne = await _verrouiller(ctx, imputation, categorie_tva)
    complete = fusionner(CompteImputationEntree, _servi(ligne), modification)
    verifier_compte(code.genre, complete.compte)
    champs = champs_de(complete)
    await modifier(ctx, ligne, champs, ressource=RESSOURCE, identifiant=_identifiant(ligne), vers=_servi)
    return _servi(ligne)


async def effacer(ctx: Contexte, imputation: str, categorie_tva: str) -> None:
    """Leave a posting code without an account in a VAT category."""
    _, ligne = await _verrouiller(ctx, imputation, categorie_tva)
    await supprimer(ctx, ligne, RESSOURCE, _identifiant(ligne), _servi(ligne))


async def verifier_genre(ctx: Contexte, ligne: Imputation, entree: ImputationEntree) -> None:
    """See that what uses a posting code goes with what it becomes: all that may use one of sales is of sales.

    Raises:
        GenreFige: something uses it, and its `genre` changes.
    """
    if entree.genre == ligne.genre:
        return
    trouvees = await utilisations(ctx, Imputation, ligne.code)
    if trouvees:
        raise GenreFige(pointeur="#/genre", par=[str(une) for une in trouvees])
