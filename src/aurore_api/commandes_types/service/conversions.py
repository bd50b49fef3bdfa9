"""Commandes made of standing orders for a delivery day, once (CLI-07)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from aurore_api.clients.calendrier.service import calendriers
from aurore_api.commandes_types import requetes
from aurore_api.commandes_types.schemas import (
    ConversionsEntree,
    ConversionSortie,
    ConversionsSortie,
    FiltreConversions,
    ResultatConversion,
)
from aurore_api.commandes_types.tables import ConversionCommandeType
from aurore_api.documents.credit import service as credit
from aurore_api.documents.erreurs import ClientInconnu, feuilles
from aurore_api.documents.schemas import DocumentEntree, LigneEntree
from aurore_api.documents.service import creer, lire
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.erreurs import ErreurDeChamp
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.integrite import traduire
from aurore_api.socle.journal import Action, consigner, ecrit
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.socle.textes import detail
from aurore_api.socle.verrous import seul
from aurore_domain.commandes_types import Demande, additionner, demandes
from aurore_domain.cycle import Etat, TypeDocument
from aurore_domain.erreurs import ErreurAurore, lever

RESSOURCE = "conversion_commande_type"


@dataclass(frozen=True, slots=True)
class _Situation:
    """A client on the day: what each of its standing orders asks for, and which were converted before."""

    client: str
    ouvert: bool
    demandes: Mapping[int, tuple[Demande, ...]]
    """Empty where the client is closed."""
    faites: Mapping[int, Any]
    """Conversions made before, by standing order, the oldest first."""
    a_refaire: Collection[int]
    """Those of `faites` whose commande is gone and is to be made again."""

    def a_faire(self) -> dict[int, tuple[Demande, ...]]:
        """The standing orders that a commande is to be made of now."""
        return {
            identifiant: parts
            for identifiant, parts in self.demandes.items()
            if parts and (identifiant not in self.faites or identifiant in self.a_refaire)
        }

    def differe(self, sauf: Collection[int] = ()) -> bool:
        """Whether a converted standing order asks for something else now; `sauf`: those converted just now."""
        return any(
            [_lue(un) for un in faite.demandes] != list(self.demandes.get(identifiant, ()))
            for identifiant, faite in self.faites.items()
            if identifiant not in sauf
        )

    def resultat(self, statut: Any, **autres: Any) -> ResultatConversion:
        """The outcome of this client."""
        rien: dict[str, Any] = {"document": None, "commandes_types": [], "erreurs": [], "avertissements": []}
        donnes = {"differe": self.differe()} | rien | autres
        return ResultatConversion(client=self.client, statut=statut, **donnes)


def _ecrite(demande: Demande) -> dict[str, str | None]:
    return {
        "article": demande.article,
        "unite_commande": demande.unite_commande,
        "quantite": f"{demande.quantite:f}",
    }


def _lue(ecrite: Mapping[str, Any]) -> Demande:
    return Demande(ecrite["article"], ecrite["unite_commande"], Decimal(ecrite["quantite"]))


async def convertir(ctx: Contexte, entree: ConversionsEntree) -> ConversionsSortie:
    """Make one commande per client of what its standing orders ask for on a day and no commande stands for yet.

    A refusal of one client's commande undoes that commande only. Conversions of a société wait for each other, so what
    two of them ask for at once is made once; the key of a conversion holds that too.

    Raises:
        ClientInconnu: one of the clients named does not exist.
    """
    await seul(ctx, "conversions_commandes_types")
    situations = await _situations(ctx, entree)
    await credit.retenir(ctx, {une.client for une in situations if une.a_faire()})
    resultats = [await _convertir(ctx, entree.date, une) for une in situations]
    ctx.etag = None  # the last commande's, not this answer's
    resume = Counter(un.statut for un in resultats)
    return ConversionsSortie(date=entree.date, resultats=resultats, resume=dict(resume))


async def _situations(ctx: Contexte, entree: ConversionsEntree) -> list[_Situation]:
    """Of each client concerned what is asked for and what was made, in a constant number of statements."""
    chargees = await requetes.du_jour(ctx, entree.date, entree.clients, verrou=True)
    nommes = dict.fromkeys(entree.clients or ())
    numeros = {une.client for une in chargees} | nommes.keys()
    connus = await calendriers(ctx, numeros, entree.date, entree.date)
    lever(
        [
            ClientInconnu(pointeur=f"#/clients/{rang}", client=numero)
            for rang, numero in enumerate(nommes)
            if numero not in connus
        ]
    )
    faites = await requetes.conversions(ctx, entree.date, numeros)
    perdues = await _perdues(ctx, faites) if entree.recreer else frozenset()
    chargees_de, faites_de = _par_client(chargees), _par_client(faites.values())
    return [
        _Situation(
            numero,
            ouvert := connus[numero].ouvert(entree.date),
            {une.id: demandes(une.commande_type, entree.date) if ouvert else () for une in chargees_de.get(numero, ())},
            {une.commande_type: une for une in faites_de.get(numero, ())},
            perdues,
        )
        for numero in sorted(numeros)
        if connus[numero].actif or numero in nommes
    ]


def _par_client(choses: Iterable[Any]) -> dict[str, list[Any]]:
    par_client: dict[str, list[Any]] = {}
    for une in choses:
        par_client.setdefault(une.client, []).append(une)
    return par_client


async def _perdues(ctx: Contexte, faites: Mapping[int, Any]) -> frozenset[int]:
    """The conversions whose commande was deleted or annulled since."""
    etats = await lire.etats(ctx, {une.document for une in faites.values() if une.document is not None})
    return frozenset(
        identifiant for identifiant, une in faites.items() if etats.get(une.document, Etat.ANNULE) is Etat.ANNULE
    )


async def _convertir(ctx: Contexte, jour: date, situation: _Situation) -> ResultatConversion:
    a_faire = situation.a_faire()
    if a_faire:
        try:
            async with ctx.session.begin_nested():
                document = await _commande(ctx, jour, situation.client, a_faire)
                await _lier(ctx, jour, situation, a_faire, document.id)
        except ErreurAurore as erreur:
            return situation.resultat("refuse", erreurs=_refus(ctx, erreur))
        except IntegrityError as erreur:
            return situation.resultat("refuse", erreurs=_refus(ctx, traduire(erreur)))
        return situation.resultat(
            "cree",
            document=document.id,
            commandes_types=sorted(a_faire),
            differe=situation.differe(sauf=a_faire),
            avertissements=document.avertissements,
        )
    if situation.faites:
        derniere = list(situation.faites.values())[-1].document
        siennes = [identifiant for identifiant, une in situation.faites.items() if une.document == derniere]
        return situation.resultat("deja_cree", document=derniere, commandes_types=sorted(siennes))
    return situation.resultat("rien" if situation.ouvert else "ferme")


async def _commande(ctx: Contexte, jour: date, client: str, a_faire: Mapping[int, Sequence[Demande]]) -> DocumentSortie:
    """Make the commande, of today, like one that is typed; it cannot come late (CLI-11)."""
    lignes = [
        LigneEntree(article=une.article, quantite=une.quantite)
        if une.unite_commande is None
        else LigneEntree(article=une.article, quantite_unite_commande=une.quantite, unite_commande=une.unite_commande)
        for une in additionner(une for parts in a_faire.values() for une in parts)
    ]
    # Not checked as input: the limit on the lines that one request may bring is not for these.
    entree = DocumentEntree.model_construct(
        type=TypeDocument.COMMANDE, client=client, date_livraison_prevue=jour, lignes=lignes
    )
    return await creer.creer(ctx, entree, retard="ignorer")


async def _lier(
    ctx: Contexte, jour: date, situation: _Situation, a_faire: Mapping[int, Sequence[Demande]], document: UUID
) -> None:
    """Write down which standing orders the commande stands for."""
    await requetes.oublier_conversions(ctx, jour, a_faire.keys() & situation.faites.keys())
    liens = [
        ConversionCommandeType(
            commande_type=identifiant,
            date=jour,
            client=situation.client,
            document=document,
            demandes=[_ecrite(une) for une in parts],
            cree_le=ctx.maintenant,
        )
        for identifiant, parts in a_faire.items()
    ]
    await inserer_en_bloc(ctx, liens)
    for un in liens:
        avant = situation.faites.get(un.commande_type)
        action: Action = "creation" if avant is None else "modification"
        ancien = None if avant is None else ecrit(_servie(avant))
        await consigner(ctx, RESSOURCE, f"{un.commande_type}/{jour}", action, ancien, ecrit(_servie(un)))


def _refus(ctx: Contexte, erreur: ErreurAurore) -> list[ErreurDeChamp]:
    return [
        ErreurDeChamp(pointeur=une.pointeur or "#", code=une.code, detail=detail(une.code, ctx.langue, une.valeurs))
        for une in feuilles(erreur)
    ]


def _servie(conversion: Any) -> ConversionSortie:
    return ConversionSortie.model_validate(conversion)


async def lister(ctx: Contexte, filtre: FiltreConversions) -> Page[ConversionSortie]:
    """A page of conversions: which commande replaces which standing order, on which day."""
    ordre: list[Colonne] = [col(ConversionCommandeType.date), col(ConversionCommandeType.commande_type)]
    requete = requetes.liste_des_conversions(filtre.date, filtre.client)
    lignes, suivant = await lire_page(ctx, requete, filtre, (ordre, False))
    return Page[ConversionSortie](data=[_servie(une) for une in lignes], curseur_suivant=suivant)
