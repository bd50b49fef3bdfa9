"""What a till sent and could not be taken: listed until someone settles it (MAG-13)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col
from uuid_utils.compat import uuid7

from aurore_api.documents.service.lire import lire_plusieurs
from aurore_api.magasin import requetes
from aurore_api.magasin.conflits import ConflitSortie, FiltreConflits
from aurore_api.magasin.service.elements import Element
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.tables import ConflitMagasin
from aurore_api.socle.bloc import inserer_ensemble, modifier_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.journal import Evenement, ecrit, evenement
from aurore_api.socle.pagination import Page, lire_page
from aurore_domain.magasin import Motif

RESSOURCE = "conflit_magasin"
_CHANGEANTS = {"document", "motif", "version", "empreinte", "recu", "change_le"}


def servi(ligne: ConflitMagasin) -> ConflitSortie:
    """A conflict as it is served, without what is here."""
    return ConflitSortie.model_validate(ligne)


async def noter(
    ctx: Contexte,
    magasin: str,
    genre: str,
    conflits: Sequence[tuple[Element[Any], Motif | None, UUID | None]],
    ouverts: Mapping[str, ConflitMagasin],
) -> dict[str, UUID]:
    """Keep what could not be taken, with why and the document that it is about; its conflict's id by reference.

    One row per reference: the same version again adds none, a newer one takes the place of the one before.
    """
    nouveaux: list[ConflitMagasin] = []
    changes: list[ConflitMagasin] = []
    evenements: list[Evenement] = []
    identifiants: dict[str, UUID] = {}
    for element, motif, document in conflits:
        pousse, present = element.pousse, ouverts.get(element.cle or "")
        if pousse is None or element.cle is None:
            continue
        identifiants[element.cle] = uuid7() if present is None else present.id
        if present is not None and present.version == pousse.version:
            continue
        ligne = ConflitMagasin(
            id=identifiants[element.cle],
            magasin=magasin,
            genre=genre,
            reference=element.cle,
            document=document if present is None else present.document,
            motif=motif or (present.motif if present is not None else Motif.CHANGEE_ICI),
            version=pousse.version,
            empreinte=element.empreinte,
            recu=pousse.model_dump(mode="json", exclude_unset=True),
            cree_le=ctx.maintenant if present is None else present.cree_le,
            change_le=ctx.maintenant,
        )
        (nouveaux if present is None else changes).append(ligne)
        action, avant = ("creation", None) if present is None else ("modification", ecrit(servi(present)))
        evenements.append(evenement(ctx, RESSOURCE, str(ligne.id), action, avant, ecrit(servi(ligne))))  # type: ignore[arg-type]  # one of the two
    await modifier_en_bloc(ctx, changes, _CHANGEANTS)
    await inserer_ensemble(ctx, nouveaux, evenements)
    return identifiants


async def lister(ctx: Contexte, code: str, filtre: FiltreConflits) -> Page[ConflitSortie]:
    """A page of a shop's conflicts, oldest first: what was sent beside what is here."""
    await lire_magasin(ctx, code)
    requete = requetes.liste_des_conflits(code, regles=filtre.regles)
    lignes, suivant = await lire_page(ctx, requete, filtre, ([col(ConflitMagasin.id)], False))
    return Page[ConflitSortie](data=await _avec_documents(ctx, lignes), curseur_suivant=suivant)


async def lire(ctx: Contexte, code: str, identifiant: UUID) -> ConflitSortie:
    """One conflict, with both versions."""
    (conflit,) = await _avec_documents(ctx, [await conflit_de(ctx, code, identifiant)])
    return conflit


async def conflit_de(ctx: Contexte, code: str, identifiant: UUID, *, verrou: bool = False) -> ConflitMagasin:
    """A conflict of a shop, locked if asked. Raises `RessourceAbsente`."""
    ligne = await charger(ctx, ConflitMagasin, identifiant, RESSOURCE, verrou=verrou)
    if ligne.magasin != code:
        raise RessourceAbsente(ressource=RESSOURCE, cle=str(identifiant))
    return ligne


async def _avec_documents(ctx: Contexte, lignes: Sequence[ConflitMagasin]) -> list[ConflitSortie]:
    ici = await lire_plusieurs(ctx, {une.document for une in lignes if une.document is not None})
    return [
        servi(une).model_copy(update={"ici": ici.get(une.document) if une.document is not None else None})
        for une in lignes
    ]
