"""Deliver what is due on a day: open commandes become bordereaux, numbered and printed (MAG-22, PRE-05)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from aurore_api.documents import requetes_livraisons as requetes
from aurore_api.documents.schemas import CibleEntree, ImpressionEntree, LigneChoisie, SourceEntree, TransfertEntree
from aurore_api.documents.service import imprimer, transferer
from aurore_api.documents.service.chargement import Ouvert, ouvrir_tous
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument
from aurore_domain.restes import accompagne, reste

SOURCES_MAX = 200
"""Most commandes that one transfer joins."""


@dataclass(frozen=True, slots=True)
class ALivrer:
    """Commandes of one client that make one bordereau; `magasin`: they come from a till's order book."""

    client: str
    client_nom: str
    magasin: str | None
    documents: tuple[UUID, ...]


async def a_livrer(ctx: Contexte, jour: date, clients: Collection[str] | None = None) -> list[ALivrer]:
    """The open commandes of which something is to be delivered on a day, joined as far as documents can be.

    In one statement; by round, its order, and client.
    """
    groupes: dict[tuple[Any, ...], list[Any]] = {}
    for une in await requetes.ouvertes(ctx, jour, clients):
        groupes.setdefault(cle_de_livraison(une), []).append(une)
    return [
        ALivrer(rangs[0].client, rangs[0].client_nom, rangs[0].magasin, tuple(un.id for un in rangs[debut:fin]))
        for rangs in groupes.values()
        for debut in range(0, len(rangs), SOURCES_MAX)
        for fin in (debut + SOURCES_MAX,)
    ]


def cle_de_livraison(document: Any) -> tuple[Any, ...]:
    """What two documents must have in common to go out as one: a header holds one of each (PRE-05, REG-02)."""
    livraison = json.dumps(document.adresse_livraison, sort_keys=True)
    return (*(getattr(document, nom) for nom in requetes.COMMUNS), livraison)


async def livrer(
    ctx: Contexte, jour: date, identifiants: Sequence[UUID], en_tete: Mapping[str, Any]
) -> DocumentSortie | None:
    """Move all that is left of what is due on a day of some commandes into one bordereau of that day, and print it.

    They are looked at again under their locks: what others took meanwhile, or what can no longer be joined with the
    first, is left alone. None where nothing is left. `en_tete` is typed for the bordereau.

    Raises:
        ErreurAurore: what transfer and printing refuse; nothing of it happened then.
    """
    ouverts = await ouvrir_tous(ctx, identifiants)
    dus = [(un, source) for identifiant in identifiants if (un := ouverts.get(identifiant)) is not None
           and (source := _source(un, jour)) is not None]  # fmt: skip
    if not dus:
        return None
    cle = cle_de_livraison(dus[0][0].document)
    sources = [source for un, source in dus if cle_de_livraison(un.document) == cle]
    cible = CibleEntree.model_validate(
        {"type": TypeDocument.BORDEREAU, "date": jour, "date_livraison_prevue": jour} | dict(en_tete)
    )
    fait = await transferer.transferer(ctx, TransfertEntree(cible=cible, sources=sources))
    if fait.numero is not None:  # « impression directe » has done it
        return fait
    imprime = await imprimer.imprimer(ctx, fait.id, ImpressionEntree())
    imprime.avertissements = fait.avertissements
    return imprime


def _source(ouvert: Ouvert, jour: date) -> SourceEntree | None:
    """What goes of a commande: its lines of that day with something left, and the comments that go along with them."""
    document = ouvert.document
    if document.etat is not Etat.EN_ATTENTE or document.cloture_le is not None:
        return None
    dues = [une for une in ouvert.lignes if _jour_de(document, une) == jour]
    restantes = [une for une in dues if not accompagne(une) and not reste(une).epuisee]
    if not restantes:
        return None
    if len(dues) == len(ouvert.lignes):
        return SourceEntree(document=str(document.id))
    lignes = [LigneChoisie(ordre=une.ordre) for une in dues if accompagne(une) or une in restantes]
    return SourceEntree(document=str(document.id), lignes=lignes)


def _jour_de(document: Document, ligne: LigneDocument) -> date:
    return ligne.date_livraison or document.date_livraison_prevue or document.date
