"""What the documents of a lot are made with, loaded for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from aurore_api.clients import service as clients
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents.articles import ArticlesDeLignes, articles_des_lignes
from aurore_api.documents.credit import service as credit
from aurore_api.documents.credit.service import Surveillance
from aurore_api.documents.lots.demandes import Voulu
from aurore_api.exercices import service as exercices
from aurore_api.exercices.schemas import ExerciceSortie
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.tables import service as tables
from aurore_api.tables.service import Referentiel
from aurore_domain.erreurs import ErreurAurore

Gamme = tuple[str | None, str | None, str | None]
"""How articles are called and priced for a client: its wording, its tariff, itself where it has prices of its own."""


@dataclass(frozen=True, slots=True)
class Fonds:
    """The clients, articles and small tables of a lot."""

    parametres: ParametresSortie
    referentiel: Referentiel
    clients: Mapping[str, ClientDeDocument]
    articles: Mapping[Gamme, ArticlesDeLignes]
    jours: Mapping[date, ErreurAurore | None]
    """Why no document can have a date, if so (DOC-04)."""
    surveillances: Mapping[str, Surveillance]
    """Of the clients whose credit is controlled; it warns, and refuses nothing to a till (CLI-11, DOC-20)."""
    exercices: Mapping[str, ExerciceSortie]
    """Those in which documents that change are numbered."""
    en_tetes: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """The defaults of each client's documents, once they were made."""


def gamme_de(client: ClientDeDocument, voulu: Voulu) -> Gamme:
    """Under which gamme the lines of a document are looked up: prices that were typed need none."""
    if all(une.prix is not None for une in voulu.lignes):
        return client.code_libelle, None, None
    return client.code_libelle, client.tarif, client.numero if client.prix_propres else None


async def reunir(ctx: Contexte, voulus: Sequence[Voulu]) -> Fonds:
    """Load them; clients stay as they are read until the transaction ends.

    A statement for the clients and two or three for the articles of each gamme, of which there are few; clients with
    controlled credit take some of their own.
    """
    reglages, referentiel = await parametres.lire(ctx), await tables.referentiel(ctx)
    connus = await clients.pour_documents(ctx, {un.client for un in voulus})
    surveilles = {un: await _surveiller(ctx, connus[un], voulus, referentiel) for un in sorted(connus)}
    return Fonds(
        parametres=reglages,
        referentiel=referentiel,
        clients=connus,
        articles=await _articles(ctx, connus, voulus, referentiel),
        jours={jour: await _refus_du_jour(ctx, jour, reglages) for jour in {un.entete["date"] for un in voulus}},
        surveillances={numero: une for numero, une in surveilles.items() if une is not None},
        exercices={
            code: await exercices.lire(ctx, code)
            for code in sorted({un.ouvert.document.exercice or "" for un in voulus if un.ouvert is not None} - {""})
        },
    )


async def _surveiller(
    ctx: Contexte, client: ClientDeDocument, voulus: Sequence[Voulu], referentiel: Referentiel
) -> Surveillance | None:
    propre = client.controle_credit == "aucun" or client.limite_credit is None
    if propre and client.facturer_a is None:
        return None
    surveillance = await credit.surveiller(ctx, client, voulus[0].type, referentiel.escomptes)
    return None if surveillance is None else replace(surveillance, controle="avertir")


async def _articles(
    ctx: Contexte, connus: Mapping[str, ClientDeDocument], voulus: Sequence[Voulu], referentiel: Referentiel
) -> dict[Gamme, ArticlesDeLignes]:
    parts: dict[Gamme, tuple[ClientDeDocument, list[Any]]] = {}
    for voulu in voulus:
        client = connus.get(voulu.client)
        if client is not None:
            gamme = gamme_de(client, voulu)
            libelle, tarif, propre = gamme
            acheteur = replace(client, code_libelle=libelle, tarif=tarif, prix_propres=propre is not None)
            parts.setdefault(gamme, (acheteur, []))[1].extend(voulu.lignes)
    return {
        gamme: await articles_des_lignes(ctx, acheteur, referentiel, lignes)
        for gamme, (acheteur, lignes) in parts.items()
    }


async def _refus_du_jour(ctx: Contexte, jour: date, reglages: ParametresSortie) -> ErreurAurore | None:
    try:
        await exercices.exercice_prevu(ctx, jour, ouvrir_suivant=reglages.ouverture_automatique)
    except ErreurAurore as erreur:
        return erreur
    return None
