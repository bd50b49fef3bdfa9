"""What changed since a list was printed: per article, and which commandes came, changed or went (MAG-24)."""

from uuid import UUID

from aurore_api.catalogue.service import articles_des_familles, pour_production
from aurore_api.documents.service import besoins as documents
from aurore_api.impressions_production import service as impressions
from aurore_api.impressions_production.service import ImpressionProduction
from aurore_api.magasin.service.pour_production import factures_a_etablir
from aurore_api.production.schemas import (
    CommandeChangee,
    DifferenceProduction,
    DifferencesSortie,
    QuantitesProduction,
)
from aurore_api.production.service.calculer import calculer, figures_imprimees
from aurore_api.production.service.choix import Choix
from aurore_api.socle.contexte import Contexte
from aurore_domain.production import Ecart, differences


async def comparer(ctx: Contexte, identifiant: UUID) -> DifferencesSortie:
    """Hold a printed list against the same list as it is now; raises `RessourceAbsente`."""
    impression = await impressions.lire(ctx, identifiant)
    familles = tuple(impression.familles)
    choix = Choix(impression.date, familles, await articles_des_familles(ctx, familles) if familles else None)
    liste = await calculer(ctx, choix)
    ecarts = differences(figures_imprimees(impression.lignes), liste.production)
    inconnus = {un.article for un in ecarts} - liste.articles.keys()
    noms = {une["article"]: (une["designation"], une["unite"]) for une in impression.lignes}
    noms |= {numero: (un.designation, un.unite) for numero, un in liste.articles.items()}
    noms |= {numero: (un.designation, un.unite) for numero, un in (await pour_production(ctx, inconnus)).items()}
    return DifferencesSortie(
        impression=impression.id,
        date=impression.date,
        version=impression.version,
        lignes=[_difference(un, *noms[un.article]) for un in ecarts],
        commandes=await _commandes(ctx, impression, choix),
    )


def _difference(ecart: Ecart, designation: str, unite: str) -> DifferenceProduction:
    return DifferenceProduction(
        article=ecart.article,
        designation=designation,
        unite=unite,
        avant=QuantitesProduction.model_validate(ecart.avant),
        maintenant=QuantitesProduction.model_validate(ecart.apres),
        difference=ecart.difference,
    )


async def _commandes(ctx: Contexte, impression: ImpressionProduction, choix: Choix) -> list[CommandeChangee]:
    """The documents that ask for something else now than when the list was printed, by client."""
    avant = dict(zip(impression.documents, impression.empreintes, strict=True))
    apres = await documents.empreintes(ctx, choix.jour, articles=choix.articles, sauf=factures_a_etablir())
    statuts = {
        un: "nouvelle" if un not in avant else "retiree" if un not in apres else "modifiee"
        for un in avant.keys() | apres.keys()
        if avant.get(un) != apres.get(un)
    }
    connus = {un.document: un for un in await documents.demandeurs(ctx, statuts)}
    changees = [
        CommandeChangee(statut=statuts[identifiant], **{nom: getattr(un, nom) for nom in _DEMANDEUR})
        for identifiant, un in connus.items()
    ]
    rien = dict.fromkeys(_DEMANDEUR)
    perdues = sorted(statuts.keys() - connus.keys())
    return changees + [CommandeChangee(statut="retiree", **rien | {"document": un}) for un in perdues]


_DEMANDEUR = (
    "document",
    "type",
    "etat",
    "numero_affiche",
    "client",
    "client_nom",
    "magasin",
    "reference_magasin",
)
