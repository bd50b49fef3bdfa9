"""The SQL of clients and of their delivery addresses."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col

from aurore_api.clients.schemas import ClientDeDocument, FiltreClients
from aurore_api.clients.tables import AdresseClient, Client
from aurore_api.socle.colonnes import Json, nue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.tri import plier

_CHAMPS_ADRESSE = ("libelle", "nom", "rue", "code_postal", "localite", "pays", "telephone")
_COPIES = [champ.name for champ in fields(ClientDeDocument) if champ.name not in {"adresse_livraison", "adresses"}]


def clients(filtre: FiltreClients) -> Select[Any]:
    """The clients of a filter."""
    requete = select(Client)
    if filtre.numero is not None:
        requete = requete.where(col(Client.numero).startswith(filtre.numero, autoescape=True))
    if filtre.nom is not None:
        requete = requete.where(col(Client.nom_plie).contains(plier(filtre.nom), autoescape=True))
    if filtre.tarif is not None:
        requete = requete.where(col(Client.tarif) == filtre.tarif)
    return requete


def adresses(client: str) -> Select[Any]:
    """The delivery addresses of a client."""
    return select(AdresseClient).where(col(AdresseClient.client) == client)


async def adresse_verrouillee(ctx: Contexte, client: str, identifiant: int) -> AdresseClient | None:
    """One address of a client, locked for a change."""
    requete = adresses(client).where(col(AdresseClient.id) == identifiant).with_for_update()
    return (await ctx.session.scalars(requete)).one_or_none()


async def adresse_lue(ctx: Contexte, client: str, identifiant: int) -> AdresseClient | None:
    """One address of a client."""
    return (await ctx.session.scalars(adresses(client).where(col(AdresseClient.id) == identifiant))).one_or_none()


async def adresse_par_defaut(ctx: Contexte, client: str) -> AdresseClient | None:
    """The default address of a client that is locked."""
    return (await ctx.session.scalars(adresses(client).where(col(AdresseClient.par_defaut)))).one_or_none()


async def toutes_adresses(ctx: Contexte, client: str) -> Sequence[AdresseClient]:
    """Every address of a client, oldest first."""
    return (await ctx.session.scalars(adresses(client).order_by(col(AdresseClient.id)))).all()


def _client_de_document() -> Select[Any]:
    """A client with all its addresses, by `numero`; built once."""
    client, adresse = nue(Client), nue(AdresseClient)
    forme = [morceau for nom in _CHAMPS_ADRESSE for morceau in (nom, adresse[nom])]
    une = func.jsonb_build_array(adresse.id, adresse.par_defaut, func.jsonb_build_object(*forme))
    livraisons = (
        select(func.jsonb_agg(aggregate_order_by(une, adresse.id), type_=Json))
        .where(adresse.client == client.numero)
        .scalar_subquery()
    )
    colonnes = [client[nom] for nom in _COPIES]
    return select(*colonnes, livraisons).where(client.numero == bindparam("numero"))


_CLIENT_DE_DOCUMENT = _client_de_document()


async def client_de_document(ctx: Contexte, numero: str) -> ClientDeDocument | None:
    """A client with all its addresses, in one statement."""
    ligne = (await ctx.session.execute(_CLIENT_DE_DOCUMENT, {"numero": numero})).first()
    if ligne is None:
        return None
    *copies, trouvees = ligne
    return ClientDeDocument(
        **dict(zip(_COPIES, copies, strict=True)),
        adresse_livraison=next((adresse for _, par_defaut, adresse in trouvees or () if par_defaut), None),
        adresses=[(identifiant, adresse) for identifiant, _, adresse in trouvees or ()],
    )
