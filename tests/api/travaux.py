"""Doing jobs in the tests' own transaction, as a worker would."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text
from tests.client import ClientDeTest

from aurore_api.genres import GENRES
from aurore_api.socle.cles import CleConnue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane, ReferenceInconnue
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.travaux import creation
from aurore_api.socle.travaux.execution import derouler
from aurore_api.socle.travaux.file import Lieu
from aurore_api.socle.travaux.genres import Etape, Genre, Genres, Plan, par_nom
from aurore_api.socle.types import Entree
from aurore_domain.erreurs import ErreursMultiples

SCHEMA = "societe_principale"


ECRIRE = text(f"INSERT INTO {SCHEMA}.taches_periodiques VALUES (:nom, '', now())")


class Voulu(Entree):
    """What the tests' own kind of job is asked for: an item for each of these."""

    etapes: list[str]


class Essai:
    """A kind of job whose items write a row, and fail as they are called."""

    def __init__(self, planifier=None):
        self.faites = []
        self.conflits = 0
        self.pendant = None
        self.genre = Genre(
            nom="essai", parametres=Voulu, planifier=planifier or self._planifier, executer=self._executer
        )

    @property
    def genres(self):
        return par_nom([self.genre])

    async def _planifier(self, _ctx, voulu):
        return Plan([Etape(une) for une in voulu.etapes])

    async def _executer(self, ctx, _voulu, etape):
        await ctx.session.execute(
            text(f"INSERT INTO {SCHEMA}.taches_periodiques VALUES (:nom, '', now())"), {"nom": etape.nom}
        )
        self.faites.append(etape.nom)
        if self.pendant:
            await self.pendant(etape.nom)
        if etape.nom.startswith("refus"):
            raise ErreursMultiples([ReferenceInconnue(pointeur="#/article", table="articles")])
        if etape.nom.startswith("panne"):
            raise ZeroDivisionError
        if etape.nom.startswith("conflit") and self.conflits:
            self.conflits -= 1
            raise ConflitSimultane
        return {"nom": etape.nom, "requete": ctx.requete_id, "cle": ctx.cle.id}


def demander(api, essai, *etapes, portee="admin"):
    """Ask for a job of the tests' own kind, as a route does."""

    async def faire():
        base = api.app.state.base
        async with base.connexion() as connexion, await base.session(connexion, SCHEMA) as session:
            cle = CleConnue(1, frozenset({"admin"}), "principale", SCHEMA, "Europe/Brussels")
            ctx = Contexte(session=session, cle=cle, requete_id="demande", langue="fr", maintenant=maintenant())
            travail = await creation.creer(ctx, essai.genre, Voulu(etapes=list(etapes)), portee)
            await session.commit()
            return {"id": str(travail.id)}

    return api.attendre(faire)


def accepte(reponse: httpx.Response) -> Any:
    """The job that an operation answers with."""
    assert reponse.status_code == 202, reponse.text
    travail = reponse.json()
    assert reponse.headers["location"] == f"/v1/travaux/{travail['id']}"
    return travail


def travailler(api: ClientDeTest, travail: Any, genres: Genres = GENRES) -> Any:
    """Do a job to its end; gives it as it is served then."""

    async def faire() -> bool:
        return await derouler(api.app.state.base, genres, Lieu(SCHEMA, UUID(travail["id"])), asyncio.Event())

    assert api.attendre(faire)
    return lire(api, travail)


def lire(api: ClientDeTest, travail: Any) -> Any:
    """The job as it is now."""
    reponse = api.get(f"/v1/travaux/{travail['id']}")
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def effacer(api: ClientDeTest, corps: dict[str, Any]) -> Any:
    """Ask for an erasing and do it; gives its result."""
    fait = travailler(api, accepte(api.post("/v1/effacements", json=corps)))
    assert fait["etat"] == "termine", fait
    return fait["resultat"]
