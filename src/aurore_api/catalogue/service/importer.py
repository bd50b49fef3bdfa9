"""Articles, their units and tariffs by the file, all or nothing (ART-19): the ordinary rules, for all rows at once.

Locks come in the order of every other change: the subject of successors, articles by number, what belongs to them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from aurore_api.catalogue import requetes
from aurore_api.catalogue.erreurs import (
    ArticleLuiMeme,
    CodeBarresPris,
    ComposantsPresents,
    CycleDeRemplacement,
    TypeArticleFige,
)
from aurore_api.catalogue.schemas import ArticleEntree
from aurore_api.catalogue.schemas.fichiers import TarifDeFichier, UniteDeFichier
from aurore_api.catalogue.service.annexes import Annexe
from aurore_api.catalogue.service.articles import RESSOURCE, enregistre
from aurore_api.catalogue.service.champs import champs_selon, lire_faits
from aurore_api.catalogue.service.collections import TARIFS, UNITES
from aurore_api.catalogue.service.remplacements import SUJET as REMPLACEMENTS
from aurore_api.catalogue.service.retrait import LES_SIENS
from aurore_api.catalogue.tables import Article, TarifArticle, UniteSupplementaire
from aurore_api.socle.colonnes import Ligne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.lots import (
    Bilan,
    Demande,
    Proposition,
    Refus,
    Refuses,
    Sujet,
    ecrire,
    lire_existantes,
    preparer,
    refuser_sans_objet,
    remplacer,
)
from aurore_api.socle.references import tables_utilisant
from aurore_api.socle.types import Entree
from aurore_api.socle.verrous import seul
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.graphes import anneaux

L = TypeVar("L", bound=Ligne)
E = TypeVar("E", bound=Entree)

_Article: TypeAlias = Proposition[Article, ArticleEntree]

ARTICLES = Sujet(
    ressource=RESSOURCE,
    ligne=Article,
    entree=ArticleEntree,
    cle=("numero",),
    servir=enregistre,
    identifiant=lambda ligne: ligne.numero,
)
UNITES_D_ARTICLES = Sujet(
    ressource=UNITES.ressource,
    ligne=UniteSupplementaire,
    entree=UniteDeFichier,
    cle=("article", "abreviation"),
    servir=UNITES.vers,
    identifiant=lambda ligne: f"{ligne.article}/{ligne.abreviation}",
)
TARIFS_D_ARTICLES = Sujet(
    ressource=TARIFS.ressource,
    ligne=TarifArticle,
    entree=TarifDeFichier,
    cle=("article", "tarif", "quantite_minimum", "du"),
    servir=TARIFS.vers,
    identifiant=lambda ligne: f"{ligne.article}/{ligne.id}",
)


async def importer_articles(ctx: Contexte, demandes: Sequence[Demande], bilan: Bilan) -> None:
    """Store articles (ART-01 to ART-17)."""
    donnes = demandes[0].donnes if demandes else frozenset()
    if "remplace_par" in donnes:
        await seul(ctx, REMPLACEMENTS)
    propositions = await preparer(ctx, ARTICLES, demandes, bilan)
    nouveau = any(une.avant is None for une in propositions)
    faits = await lire_faits(ctx, [une.entree for une in propositions], donnes, nouveau=nouveau)
    for une in propositions:
        champs, erreurs = champs_selon(faits, une.entree, donnes, nouveau=une.avant is None)
        if une.entree.actif:
            champs["article_statistique"] = None
        une.apres = remplacer(ARTICLES, une, champs)
        bilan.refuses.ajouter(Refus.de_la_regle(une.rang, erreur) for erreur in erreurs)
    await _refuser_codes_pris(ctx, propositions, _codes_de_l_article, bilan.refuses)
    await _refuser_successeurs(ctx, propositions, bilan.refuses)
    await _refuser_types(ctx, propositions, bilan.refuses)
    numeros = [une.cle[0] for une in propositions if une.avant is None]
    await _achever(ctx, ARTICLES, propositions, bilan, {"remplace_par": numeros, "substitut": numeros})


async def _refuser_successeurs(ctx: Contexte, propositions: Sequence[_Article], refuses: Refuses) -> None:
    """Refuse successors that lead back, one for each ring (ART-05)."""
    nommes = {une.entree.numero: une.entree.remplace_par for une in propositions}
    changes = [
        une
        for une in propositions
        if une.entree.remplace_par is not None and une.entree.remplace_par != (une.avant and une.avant.remplace_par)
    ]
    if not changes:
        return
    tous = {**await requetes.remplacements(ctx), **nommes}
    boucles = anneaux({numero: suivant for numero, suivant in tous.items() if suivant is not None})
    rangs = {une.entree.numero: une.rang for une in changes}
    for boucle in boucles:
        rang = min((rangs[numero] for numero in boucle if numero in rangs), default=None)
        if rang is not None and len(boucle) == 2:  # noqa: PLR2004 (the article and itself)
            refuses.regle(rang, ArticleLuiMeme(pointeur="#/remplace_par"))
        elif rang is not None:
            refuses.regle(rang, CycleDeRemplacement(pointeur="#/remplace_par", anneau=boucle))


async def _refuser_types(ctx: Contexte, propositions: Sequence[_Article], refuses: Refuses) -> None:
    """Keep the type of articles that others count on (ART-08), and assembled those that have components (ART-11)."""
    changes = {
        une.cle[0]: une.rang
        for une in propositions
        if une.avant is not None and une.avant.type_article != une.entree.type_article
    }
    usages = await tables_utilisant(ctx, Article, changes, LES_SIENS) if changes else {}
    for numero, tables in usages.items():
        refuses.regle(changes[numero], TypeArticleFige(pointeur="#/type_article", par=tables))
    demontes = {
        une.cle[0]: une.rang
        for une in propositions
        if une.avant is not None and une.avant.assemble and not une.entree.assemble
    }
    for numero in await requetes.avec_composants(ctx, demontes) if demontes else ():
        refuses.regle(demontes[numero], ComposantsPresents(pointeur="#/assemble"))


async def importer_unites(ctx: Contexte, demandes: Sequence[Demande], bilan: Bilan) -> None:
    """Store supplementary units (ART-13)."""
    propositions = await _preparer_annexe(ctx, UNITES_D_ARTICLES, UNITES, demandes, bilan)
    await _refuser_codes_pris(ctx, propositions, _code_de_l_unite, bilan.refuses)
    await _achever(ctx, UNITES_D_ARTICLES, propositions, bilan)


async def importer_tarifs(ctx: Contexte, demandes: Sequence[Demande], bilan: Bilan) -> None:
    """Store tariff rows (ART-14)."""
    propositions = await _preparer_annexe(ctx, TARIFS_D_ARTICLES, TARIFS, demandes, bilan)
    await _achever(ctx, TARIFS_D_ARTICLES, propositions, bilan)


async def _preparer_annexe(
    ctx: Contexte, sujet: Sujet[L, E], annexe: Annexe[Any, Any], demandes: Sequence[Demande], bilan: Bilan
) -> list[Proposition[L, E]]:
    """Lock the articles, then what belongs to them, and hold new rows against their article."""
    articles = await lire_existantes(ctx, ARTICLES, (une.cle for une in demandes))
    propositions = await preparer(ctx, sujet, demandes, bilan)
    for une in propositions:
        une.apres = remplacer(sujet, une, une.entree.model_dump())
        article = articles.get(une.cle[:1])
        if une.avant is None and article is not None:
            try:
                annexe.verifier(article, une.entree)
            except ErreurAurore as refus:
                bilan.refuses.regle(une.rang, refus)
    return propositions


async def _achever(
    ctx: Contexte,
    sujet: Sujet[L, E],
    propositions: Sequence[Proposition[L, E]],
    bilan: Bilan,
    connues: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """Store the rows if each and every one can be; `connues` are keys, by column, that the batch itself makes."""
    await refuser_sans_objet(ctx, propositions, bilan.refuses, connues)
    await ecrire(ctx, sujet, propositions, bilan)


def _codes_de_l_article(ligne: Article) -> tuple[tuple[str, str | None], dict[str, str]]:
    return (ligne.numero, None), {code: f"#/codes_barres/{rang}" for rang, code in enumerate(ligne.codes_barres)}


def _code_de_l_unite(ligne: UniteSupplementaire) -> tuple[tuple[str, str | None], dict[str, str]]:
    codes = {} if ligne.code_barres is None else {ligne.code_barres: "#/code_barres"}
    return (ligne.article, ligne.abreviation), codes


async def _refuser_codes_pris(
    ctx: Contexte,
    propositions: Sequence[Proposition[Any, Any]],
    codes: Callable[[Any], tuple[tuple[str, str | None], dict[str, str]]],
    refuses: Refuses,
) -> None:
    """Refuse bar codes that another article or unit bears in the end; `codes` tells whose row it is, and its codes.

    What a row of the batch gives up another may take.
    """
    voulus, rendus = [], set()
    for une in propositions:
        proprietaire, apres = codes(une.apres)
        avant = {} if une.avant is None else codes(une.avant)[1]
        rendus |= avant.keys() - apres.keys()
        voulus += [(code, champ, une.rang, proprietaire) for code, champ in apres.items() if code not in avant]
    porteurs = await requetes.porteurs(ctx, {code for code, *_ in voulus}) if voulus else {}
    porteurs = {code: porteur for code, porteur in porteurs.items() if code not in rendus}
    for code, champ, rang, proprietaire in voulus:
        porteur = porteurs.setdefault(code, proprietaire)
        if porteur != proprietaire:
            refuses.regle(rang, CodeBarresPris(pointeur=champ, article=porteur[0]))
