"""What standing orders ask for on a day, for whoever has to bake it (CLI-07, MAG-20)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aurore_api.catalogue.service import ArticleDeDocument, pour_documents
from aurore_api.clients.calendrier.service import calendriers
from aurore_api.commandes_types import requetes
from aurore_api.commandes_types.schemas import LignePrevision, PrevisionsSortie
from aurore_api.documents.service import lire
from aurore_api.socle.contexte import Contexte
from aurore_domain.commandes_types import Demande, demandes, en_base
from aurore_domain.cycle import Etat
from aurore_domain.montants import ZERO, exact


@dataclass(frozen=True, slots=True)
class Besoin:
    """What one standing order asks for of an article, in base unit; `convertie`: a commande stands for it already."""

    client: str
    article: str
    quantite: Decimal
    convertie: bool


async def besoins(
    ctx: Contexte, jour: date, clients: Collection[str] | None = None
) -> tuple[list[Besoin], Mapping[str, ArticleDeDocument]]:
    """What each standing order asks for on a day, of clients that are active and open then, and the articles.

    A constant number of statements, however many standing orders there are.
    """
    chargees = await requetes.du_jour(ctx, jour, clients)
    concernes = {une.client for une in chargees}
    connus = await calendriers(ctx, concernes, jour, jour)
    servis = {client for client, connu in connus.items() if connu.actif and connu.ouvert(jour)}
    faites = await requetes.conversions(ctx, jour, servis)
    demandees = [
        (une, demande) for une in chargees if une.client in servis for demande in demandes(une.commande_type, jour)
    ]
    articles = await pour_documents(ctx, {un.article for _, un in demandees}, tarif=None, code_libelle=None)
    trouves = [
        Besoin(une.client, demande.article, _en_base(demande, articles), une.id in faites) for une, demande in demandees
    ]
    return trouves, articles


async def sans_commande(ctx: Contexte, jour: date) -> list[str]:
    """The clients of whom a commande was made of a standing order for a day and is deleted or annulled now.

    Nothing of that standing order counts any more that day: whoever took the commande away wanted nothing made, until
    it is made again (`recreer`).
    """
    faites = await requetes.conversions(ctx, jour)
    etats = await lire.etats(ctx, {une.document for une in faites.values() if une.document is not None})
    return sorted({une.client for une in faites.values() if etats.get(une.document, Etat.ANNULE) is Etat.ANNULE})


def _en_base(demande: Demande, articles: Mapping[str, ArticleDeDocument]) -> Decimal:
    return en_base(demande, articles[demande.article].conversion(demande.unite_commande))


@exact
def _additionner(
    besoins_du_jour: list[Besoin],
) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Quantity, and the part of it that is converted, per client and article."""
    sommes: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for un in besoins_du_jour:
        quantite, convertie = sommes.get((un.client, un.article), (ZERO, ZERO))
        part = un.quantite if un.convertie else ZERO
        sommes[un.client, un.article] = quantite + un.quantite, convertie + part
    return sommes


async def previsions(ctx: Contexte, jour: date, clients: Collection[str] | None = None) -> PrevisionsSortie:
    """What all standing orders of a client ask for of each article on a day, in base unit."""
    trouves, articles = await besoins(ctx, jour, clients)
    lignes = [
        LignePrevision(
            client=client,
            article=numero,
            designation=articles[numero].designation,
            unite=articles[numero].unite,
            quantite=quantite,
            quantite_convertie=convertie,
        )
        for (client, numero), (quantite, convertie) in sorted(_additionner(trouves).items())
    ]
    return PrevisionsSortie(date=jour, lignes=lignes)
