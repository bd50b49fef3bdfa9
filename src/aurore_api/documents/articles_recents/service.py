"""Recent articles of a client, and lines made of quantities of them (DOC-14)."""

from datetime import date, timedelta
from uuid import UUID

from aurore_api.clients import service as clients
from aurore_api.documents.articles_recents import requetes
from aurore_api.documents.articles_recents.schemas import ArticleRecent, ArticlesRecents, ArticlesRecentsEntree
from aurore_api.documents.saisie import construire
from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.service import heure_limite
from aurore_api.documents.service.chargement import etablir, ouvrir
from aurore_api.documents.service.modifier import enregistrer
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_domain.actions import Action

JOURS = timedelta(days=60)


async def lire(ctx: Contexte, numero: str, jour: date | None) -> ArticlesRecents:
    """What a client was invoiced in the 60 days before a day, and on it. Raises `RessourceAbsente`."""
    if await clients.pour_document(ctx, numero) is None:
        raise RessourceAbsente(ressource="client", cle=numero)
    au = jour or ctx.aujourd_hui
    du = max(au - JOURS, date.min + JOURS)
    rangs = await requetes.articles_recents(ctx, numero, du, au)
    data = [ArticleRecent.model_validate(rang) for rang in rangs]
    return ArticlesRecents.model_construct(client=numero, du=du, au=au, data=data)


async def ajouter(ctx: Contexte, identifiant: UUID, entree: ArticlesRecentsEntree) -> DocumentSortie:
    """Add a line of each quantity above 0, after the last; prices are found as for any line (CAL-04).

    Raises:
        ErreurAurore: what `saisie.construire` refuses, by the place in the request; nothing is added then.
        HeureLimiteDepassee: it is too late for the day of delivery (CLI-11).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER)
    etabli = await etablir(ctx, ouvert.document)
    typees = [LigneEntree.model_validate(une.model_dump(exclude_unset=True)) for une in entree.lignes]
    pris = [une.ordre for une in ouvert.lignes]
    nouvelles = await construire(ctx, etabli, typees, pris=pris)
    nouvelles = [une for une in nouvelles if une.quantite or une.quantite_unite_commande]
    heure_limite.verifier(ctx, etabli, [une.date_livraison for une in nouvelles], pointeur="#/lignes")
    ctx.session.add_all(nouvelles)
    ouvert.lignes.extend(nouvelles)
    return await enregistrer(ctx, ouvert, etabli)
