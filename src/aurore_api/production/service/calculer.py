"""The list of a day as it is now (MAG-20, MAG-21)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from aurore_api.catalogue.service import ArticleAProduire, pour_production
from aurore_api.clients.service import noms
from aurore_api.commandes_types.service import previsions
from aurore_api.documents.service import besoins as documents
from aurore_api.impressions_production import service as impressions
from aurore_api.magasin.restes.service import restes_pour
from aurore_api.magasin.service.pour_production import factures_a_etablir
from aurore_api.production.schemas import (
    AvertissementProduction,
    DetailProduction,
    LigneProduction,
    ProductionSortie,
    SourceBesoin,
)
from aurore_api.production.service.choix import Choix
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.textes import detail
from aurore_api.tables.service import libelles_des_familles
from aurore_domain.montants import ZERO, exact
from aurore_domain.production import Besoin, Production, Source, consolider, en_unite_de_production


@dataclass(frozen=True, slots=True)
class Liste:
    """What is to be made of each article, and who wants it, where that was asked for."""

    production: Mapping[str, Production]
    articles: Mapping[str, ArticleAProduire]
    familles: Mapping[str, str]
    """What the families are called."""
    details: Mapping[str, Sequence[DetailProduction]] | None = field(default=None)


async def calculer(ctx: Contexte, choix: Choix, *, par_client: bool = False) -> Liste:
    """Add up what is asked for and take off what is left over, in a constant number of statements."""
    besoins = await _des_documents(ctx, choix, par_client=par_client)
    besoins += await _des_commandes_types(ctx, choix)
    restes = await restes_pour(ctx, choix.jour, choix.articles)
    production = consolider(besoins, ((article, quantite) for article, _, quantite in restes))
    articles = await pour_production(ctx, production) if production else {}
    codes = {un.famille for un in articles.values() if un.famille is not None}
    familles = await libelles_des_familles(ctx, codes) if codes else {}
    details = await _details(ctx, besoins, restes) if par_client else None
    return Liste(production, articles, familles, details)


async def _des_documents(ctx: Contexte, choix: Choix, *, par_client: bool) -> list[Besoin]:
    """A till's order counts as its shop's, whoever the client is."""
    demandees = await documents.demandees(
        ctx, choix.jour, articles=choix.articles, sauf=factures_a_etablir(), par_client=par_client
    )
    return [
        Besoin(une.article, une.client or "", Source.MAGASIN if une.magasin else Source.CLIENT, une.quantite)
        for une in demandees
    ]


async def _des_commandes_types(ctx: Contexte, choix: Choix) -> list[Besoin]:
    """Of clients that are active and open that day; a commande that was made of one stands in its place."""
    prevus, _ = await previsions.besoins(ctx, choix.jour)
    permis = None if choix.articles is None else frozenset(choix.articles)
    return [
        Besoin(un.article, un.client, Source.COMMANDE_TYPE, un.quantite)
        for un in prevus
        if not un.convertie and (permis is None or un.article in permis)
    ]


@exact
def _sommes(besoins: Iterable[Besoin]) -> dict[tuple[str, str, Source], Decimal]:
    sommes: dict[tuple[str, str, Source], Decimal] = {}
    for un in besoins:
        cle = un.article, un.client, un.source
        sommes[cle] = sommes.get(cle, ZERO) + un.quantite
    return sommes


async def _details(
    ctx: Contexte, besoins: Sequence[Besoin], restes: Sequence[tuple[str, str, Decimal]]
) -> dict[str, list[DetailProduction]]:
    """Who wants what, by article, client and way; left-overs last."""
    appeles = await noms(ctx, {un.client for un in besoins} | {client for _, client, _ in restes})
    demandes = sorted((*cle, quantite) for cle, quantite in _sommes(besoins).items())
    lignes: list[tuple[str, str, SourceBesoin, Decimal]] = [
        (article, client, source.value, quantite) for article, client, source, quantite in demandes
    ]
    lignes += [(article, client, "reste", quantite) for article, client, quantite in restes]
    details: dict[str, list[DetailProduction]] = {}
    for article, client, source, quantite in lignes:
        un = DetailProduction.model_construct(
            source=source, client=client, client_nom=appeles.get(client), quantite=quantite
        )
        details.setdefault(article, []).append(un)
    return details


def servir(liste: Liste) -> list[LigneProduction]:
    """The lines by family, then article; articles without a family come last."""
    rangs = sorted(liste.production, key=lambda article: _place(liste, article))
    return [_ligne(liste, article) for article in rangs]


def _place(liste: Liste, article: str) -> tuple[bool, str, str]:
    famille = liste.articles[article].famille
    return famille is None, famille or "", article


def _ligne(liste: Liste, numero: str) -> LigneProduction:
    article, production = liste.articles[numero], liste.production[numero]
    conversion = article.conversion
    return LigneProduction.model_construct(
        article=numero,
        designation=article.designation,
        famille=article.famille,
        famille_libelle=None if article.famille is None else liste.familles.get(article.famille),
        unite=article.unite,
        magasins=production.magasins,
        clients=production.clients,
        commandes_types=production.commandes_types,
        restes=production.restes,
        a_produire=production.a_produire,
        surplus=production.surplus,
        unite_production=article.unite_production,
        a_produire_unite_production=(
            None if conversion is None else en_unite_de_production(production.a_produire, conversion)
        ),
        detail=None if liste.details is None else list(liste.details.get(numero, ())),
    )


async def lire(ctx: Contexte, choix: Choix, *, par_client: bool) -> ProductionSortie:
    """The list as it is served, and how it stands to the one that was last printed."""
    liste = await calculer(ctx, choix, par_client=par_client)
    derniere = await impressions.derniere(ctx, choix.jour, choix.familles)
    lignes = servir(liste)
    return ProductionSortie.model_construct(
        date=choix.jour,
        version=0 if derniere is None else derniere.version,
        imprimee_le=None if derniere is None else derniere.imprime_le,
        a_jour=derniere is not None and figures_imprimees(derniere.lignes) == liste.production,
        familles=list(choix.familles),
        lignes=lignes,
        avertissements=await _avertissements(ctx, choix),
    )


def figures_imprimees(lignes: Iterable[Mapping[str, str]]) -> dict[str, Production]:
    """The figures of a printed list, by article; articles that stand there as taken off are left out."""
    lues = {
        une["article"]: Production(
            *(Decimal(une[nom]) for nom in ("magasins", "clients", "commandes_types", "restes")),
        )
        for une in lignes
    }
    return {article: une for article, une in lues.items() if une != Production()}


async def _avertissements(ctx: Contexte, choix: Choix) -> list[AvertissementProduction]:
    """Clients whose standing order counts no more, since the commande made of it was taken away."""
    return [
        AvertissementProduction(
            code="commande_type_sans_commande",
            client=client,
            detail=detail("commande_type_sans_commande", ctx.langue, {"client": client, "date": choix.jour}),
        )
        for client in await previsions.sans_commande(ctx, choix.jour)
    ]
