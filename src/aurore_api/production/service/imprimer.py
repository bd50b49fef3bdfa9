"""Print the list of a day: keep it as it is, with what differs from the version before (MAG-24)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col
from uuid_utils.compat import uuid7

from aurore_api.documents.service import besoins as documents
from aurore_api.impressions_production import service as impressions
from aurore_api.impressions_production.service import ImpressionProduction
from aurore_api.magasin.service.pour_production import factures_a_etablir
from aurore_api.parametres import service as parametres
from aurore_api.production.schemas import (
    FiltreImpressionsProduction,
    ImpressionProductionEntree,
    ImpressionProductionResume,
    ImpressionProductionSortie,
    LigneImprimee,
)
from aurore_api.production.service.calculer import calculer, figures_imprimees, servir
from aurore_api.production.service.choix import choisir
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.pagination import Page, lire_rangs
from aurore_api.socle.verrous import seul
from aurore_domain.montants import ZERO
from aurore_domain.production import Production


async def imprimer(ctx: Contexte, entree: ImpressionProductionEntree) -> ImpressionProductionSortie:
    """Keep the list as it is now under its next version; where nothing changed since the last one, give that one.

    Printings of a société wait for each other, so that no version is given twice.

    Raises:
        ReferenceInconnue: there is no such family or shop.
    """
    choix = await choisir(ctx, entree.date, familles=entree.familles, magasin=entree.magasin, dans_le_corps=True)
    await seul(ctx, "impressions_production")
    liste = await calculer(ctx, choix)
    empreintes = await documents.empreintes(ctx, choix.jour, articles=choix.articles, sauf=factures_a_etablir())
    derniere = await impressions.derniere(ctx, choix.jour, choix.familles)
    avant = {} if derniere is None else figures_imprimees(derniere.lignes)
    if derniere is not None and avant == liste.production and _demandeurs(derniere) == empreintes:
        return servie(derniere, nouvelle=False)
    reglages = await parametres.lire(ctx)
    lignes = [LigneImprimee(**une.model_dump(), precedent=None) for une in servir(liste)]
    if derniere is not None:
        lignes = _marquees(lignes, avant, derniere)
    impression = ImpressionProduction(
        id=uuid7(),
        date=choix.jour,
        familles=list(choix.familles),
        version=1 if derniere is None else derniere.version + 1,
        imprime_le=ctx.maintenant,
        cle=ctx.cle.id,
        langue=reglages.langue,
        societe=reglages.nom,
        lignes=[une.model_dump(mode="json", exclude={"detail"}) for une in lignes],
        documents=list(empreintes),
        empreintes=list(empreintes.values()),
    )
    ctx.session.add(impression)
    await ctx.session.flush()
    resume = ImpressionProductionResume.model_validate(impression)
    await consigner(ctx, impressions.RESSOURCE, str(impression.id), "impression", None, ecrit(resume))
    return servie(impression, nouvelle=True)


def _demandeurs(impression: ImpressionProduction) -> dict[UUID, int]:
    return dict(zip(impression.documents, impression.empreintes, strict=True))


def _marquees(
    lignes: list[LigneImprimee], avant: Mapping[str, Production], derniere: ImpressionProduction
) -> list[LigneImprimee]:
    """The lines with what the version before had to make of them, and those that are to be made no more."""
    rien = Production()
    for une in lignes:
        ancienne = avant.get(une.article, rien).a_produire
        une.precedent = None if ancienne == une.a_produire else ancienne
    presents = {une.article for une in lignes}
    retirees = [
        _retiree(ligne, avant[ligne["article"]])
        for ligne in derniere.lignes
        if ligne["article"] not in presents and ligne["article"] in avant
    ]
    return sorted([*lignes, *retirees], key=lambda une: (une.famille is None, une.famille or "", une.article))


def _retiree(ligne: Mapping[str, Any], avant: Production) -> LigneImprimee:
    """A line of an article that nobody asks for any more and of which nothing is left over."""
    figures = dict.fromkeys(("magasins", "clients", "commandes_types", "restes", "a_produire", "surplus"), ZERO)
    en_production = None if ligne["unite_production"] is None else ZERO
    autres = {"a_produire_unite_production": en_production, "precedent": avant.a_produire or None, "detail": None}
    return LigneImprimee.model_validate(dict(ligne) | figures | autres)


def servie(impression: ImpressionProduction, *, nouvelle: bool) -> ImpressionProductionSortie:
    """A printed list as it is served."""
    resume = ImpressionProductionResume.model_validate(impression)
    lignes = [LigneImprimee.model_validate({**une, "detail": None}) for une in impression.lignes]
    return ImpressionProductionSortie(**resume.model_dump(), nouvelle=nouvelle, lignes=lignes)


async def lire(ctx: Contexte, identifiant: UUID) -> ImpressionProductionSortie:
    """One printed list; raises `RessourceAbsente`."""
    impression = await impressions.lire(ctx, identifiant)
    ctx.servir_version(impression.version)
    return servie(impression, nouvelle=False)


async def lister(ctx: Contexte, filtre: FiltreImpressionsProduction) -> Page[ImpressionProductionResume]:
    """A page of printed lists, the last printed first."""
    requete = impressions.liste(filtre.date)
    rangs, suivant = await lire_rangs(ctx, requete, filtre, ([col(ImpressionProduction.id)], True))
    return Page[ImpressionProductionResume](
        data=[ImpressionProductionResume.model_validate(un) for un in rangs], curseur_suivant=suivant
    )
