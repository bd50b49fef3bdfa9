"""The SQL of clients and of their delivery addresses."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ARRAY, Select, Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col

from aurore_api.clients.schemas import ClientDeDocument, FiltreClients
from aurore_api.clients.tables import AdresseClient, Client, PrixClient, UnitePreferee
from aurore_api.socle.colonnes import Json, nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.tri import plier

_CHAMPS_ADRESSE = ("libelle", "nom", "rue", "code_postal", "localite", "pays", "telephone")
_EGAUX = ("tarif", "tournee", "representant", "actif", "facturable", "particulier")
_AILLEURS = {"prix_propres", "adresse_livraison", "adresses"}
_COPIES = [champ.name for champ in fields(ClientDeDocument) if champ.name not in _AILLEURS]


def clients(filtre: FiltreClients) -> Select[Any]:
    """The clients of a filter."""
    requete = select(Client)
    if filtre.numero is not None:
        requete = requete.where(col(Client.numero).startswith(filtre.numero, autoescape=True))
    if filtre.nom is not None:
        requete = requete.where(col(Client.nom_plie).contains(plier(filtre.nom), autoescape=True))
    if filtre.recherche is not None:
        numero = func.lower(col(Client.numero))
        for mot in plier(filtre.recherche).split():
            dedans = col(Client.nom_plie).contains(mot, autoescape=True) | numero.contains(mot, autoescape=True)
            requete = requete.where(dedans)
    egaux = {nom: valeur for nom in _EGAUX if (valeur := getattr(filtre, nom)) is not None}
    return requete.where(*(nue(Client)[nom] == valeur for nom, valeur in egaux.items()))


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


def unites_du_client(client: str) -> Select[Any]:
    """The preferred units of a client."""
    return select(UnitePreferee).where(col(UnitePreferee.client) == client)


def _client_de_document() -> Select[Any]:
    """Clients with all their addresses; built once."""
    client, adresse, prix = nue(Client), nue(AdresseClient), nue(PrixClient)
    forme = [morceau for nom in _CHAMPS_ADRESSE for morceau in (nom, adresse[nom])]
    une = func.jsonb_build_array(adresse.id, adresse.par_defaut, func.jsonb_build_object(*forme))
    livraisons = (
        select(func.jsonb_agg(aggregate_order_by(une, adresse.id), type_=Json))
        .where(adresse.client == client.numero)
        .scalar_subquery()
    )
    colonnes = [client[nom] for nom in _COPIES]
    prix_propres = select(prix.id).where(prix.client == client.numero).exists()
    return select(*colonnes, prix_propres, livraisons)


_CLIENT_DE_DOCUMENT = _client_de_document().where(nue(Client).numero == bindparam("numero"))
_CLIENT_RETENU = _CLIENT_DE_DOCUMENT.with_for_update(read=True, key_share=True, of=nue(Client).numero)
_CLIENTS_RETENUS = (
    _client_de_document()
    .where(nue(Client).numero == any_(bindparam("numeros", type_=ARRAY(Text))))
    .order_by(nue(Client).numero)
    .with_for_update(read=True, key_share=True, of=nue(Client).numero)
)


async def client_de_document(ctx: Contexte, numero: str, *, retenir: bool) -> ClientDeDocument | None:
    """A client with all its addresses, in one statement; with `retenir` it cannot change meanwhile."""
    requete = _CLIENT_RETENU if retenir else _CLIENT_DE_DOCUMENT
    ligne = (await ctx.session.execute(requete, {"numero": numero})).first()
    return None if ligne is None else _de_document(ligne)


async def clients_de_documents(ctx: Contexte, numeros: Collection[str]) -> dict[str, ClientDeDocument]:
    """The same of many, in one statement, locked in the order of their numbers; unknown ones are absent."""
    lignes = await ctx.session.execute(_CLIENTS_RETENUS, {"numeros": list(numeros)})
    return {un.numero: un for un in map(_de_document, lignes)}


def _de_document(ligne: Any) -> ClientDeDocument:
    *copies, prix_propres, trouvees = ligne
    return ClientDeDocument(
        **dict(zip(_COPIES, copies, strict=True)),
        prix_propres=prix_propres,
        adresse_livraison=next((adresse for _, par_defaut, adresse in trouvees or () if par_defaut), None),
        adresses=[(identifiant, adresse) for identifiant, _, adresse in trouvees or ()],
    )


async def unites_preferees_des_articles(ctx: Contexte, client: str, articles: Collection[str]) -> dict[str, str]:
    """The unit that a client orders each of these articles in; absent: none of its own (CLI-09)."""
    requete = select(col(UnitePreferee.article), col(UnitePreferee.unite)).where(
        col(UnitePreferee.client) == client, col(UnitePreferee.article).in_(articles)
    )
    return dict(row for row in await ctx.session.execute(requete))


async def payeurs(ctx: Contexte) -> dict[str, str]:
    """Who gets the factures of each client that is billed to another (CLI-05)."""
    requete = select(col(Client.numero), col(Client.facturer_a)).where(col(Client.facturer_a).is_not(None))
    return {numero: payeur for numero, payeur in await ctx.session.execute(requete) if payeur is not None}


async def chaines_de_facturation(ctx: Contexte, numeros: Collection[str]) -> Sequence[Any]:
    """Where the billing of clients leads, step by step: client asked for, step, its `facturable`, its `facturer_a`."""
    client = nue(Client)
    depart = select(client.numero.label("depart"), client.numero, client.facturable, client.facturer_a)
    chaine = depart.where(client.numero.in_(numeros)).cte("chaine", recursive=True)
    # UNION drops what was met before, so that even a ring would end.
    chaine = chaine.union(
        select(chaine.c.depart, client.numero, client.facturable, client.facturer_a).where(
            client.numero == chaine.c.facturer_a
        )
    )
    return (await ctx.session.execute(select(chaine))).all()


async def facturables(ctx: Contexte, numeros: Collection[str]) -> dict[str, bool]:
    """Whether each of these clients is `facturable`."""
    client = nue(Client)
    rangs = await ctx.session.execute(select(client.numero, client.facturable).where(client.numero == un_de(numeros)))
    return {numero: facturable for numero, facturable in rangs}  # noqa: C416 (rows)


async def payes_par(ctx: Contexte, payeur: str) -> Sequence[str]:
    """A client, and all that lead to it by `facturer_a`."""
    client = nue(Client)
    chaine = select(client.numero).where(client.numero == payeur).cte("payes", recursive=True)
    # UNION drops what was met before, so that even a ring would end.
    chaine = chaine.union(select(client.numero).where(client.facturer_a == chaine.c.numero))
    return (await ctx.session.scalars(select(chaine.c.numero))).all()


async def noms(ctx: Contexte, numeros: Collection[str]) -> dict[str, str]:
    """What clients are called."""
    client = nue(Client)
    requete = select(client.numero, client.nom).where(client.numero == un_de(numeros))
    return dict(rang for rang in await ctx.session.execute(requete))


async def notes_envoi(ctx: Contexte, numeros: Collection[str]) -> Sequence[Any]:
    """How clients want their delivery notes, and whether they can be billed."""
    client = nue(Client)
    requete = select(
        client.numero,
        client.note_envoi,
        client.note_envoi_copies,
        client.note_envoi_profil,
        client.note_envoi_prix,
        client.facturable,
    ).where(client.numero == un_de(numeros))
    return (await ctx.session.execute(requete)).all()
