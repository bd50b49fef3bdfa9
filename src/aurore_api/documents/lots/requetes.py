"""The SQL of lots."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, delete, func, literal, select
from sqlmodel import SQLModel

from aurore_api.documents.tables import Document
from aurore_api.socle.bloc import bloc_de, valeurs_de_bloc
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument

_D = nue(Document)


async def doublons(ctx: Contexte, modeles: Collection[Document]) -> dict[UUID, list[str]]:
    """Of each document of a client the others of its type and day that bear its references (DOC-19)."""
    cherches = [un for un in modeles if un.vos_references is not None]
    if not cherches:
        return {}
    noms = ("client", "date", "id", "type", "vos_references")
    bloc = {colonne.name: colonne for colonne in bloc_de(Document, noms)}
    requete = select(bloc["id"], func.coalesce(_D.numero_affiche, func.text(_D.id))).where(
        *(_D[nom] == bloc[nom] for nom in noms if nom != "id"), _D.etat != Etat.ANNULE, _D.id != bloc["id"]
    )
    trouves: dict[UUID, list[str]] = {}
    for modele, nom in await ctx.session.execute(requete, valeurs_de_bloc(Document, cherches, noms)):
        trouves.setdefault(modele, []).append(nom)
    return trouves


async def effacer(ctx: Contexte, table: type[SQLModel], identifiants: Collection[UUID]) -> None:
    """Remove rows by id."""
    if identifiants:
        colonne = nue(table).id
        ces = any_(literal(list(identifiants), ARRAY(Uuid)))
        await ctx.session.execute(delete(table).where(colonne == ces))


async def a_cloturer(ctx: Contexte, avant: date, combien: int, apres: UUID | None) -> list[tuple[UUID, str]]:
    """Commandes of tills whose day is past and that are not closed, and their clients; nothing is locked yet."""
    suite = _D.id > (apres or UUID(int=0))
    requete = (
        select(_D.id, _D.client)
        .where(
            suite,
            _D.magasin.is_not(None),
            func.coalesce(_D.date_livraison_prevue, _D.date) < avant,
            _D.type == TypeDocument.COMMANDE,
            _D.etat == Etat.EN_ATTENTE,
            _D.cloture_le.is_(None),
        )
        .order_by(_D.id)
        .limit(combien)
    )
    rangs: Any = await ctx.session.execute(requete)
    return [(identifiant, client) for identifiant, client in rangs]
