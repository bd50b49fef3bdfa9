"""Assembly: the application made of its slices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi_offline import FastAPIOffline

from aurore_api import erreurs, sante
from aurore_api.acces.routes import routeur as acces
from aurore_api.anonymisation.routes import routeur as anonymisation
from aurore_api.catalogue.routes import routeur as catalogue
from aurore_api.clients.routes import routeur as clients
from aurore_api.commandes_types.routes import routeur as commandes_types
from aurore_api.contrat import installer_contrat
from aurore_api.documents.articles_recents.routes import routeur as articles_recents
from aurore_api.documents.credit.routes import routeur as credit
from aurore_api.documents.routes import routeur as documents
from aurore_api.echanges.routes import routeur as echanges
from aurore_api.exercices.routes import routeur as exercices
from aurore_api.fournisseurs.routes import routeur as fournisseurs
from aurore_api.listes_stock.routes import routeur as listes_stock
from aurore_api.magasin.restes.routes import routeur as restes
from aurore_api.magasin.routes import routeur as magasin
from aurore_api.notes_envoi.routes import routeur as notes_envoi
from aurore_api.parametres.routes import routeur as parametres
from aurore_api.prix.routes import routeur as prix
from aurore_api.production.routes import routeur as production
from aurore_api.routine.routes import routeur as routine
from aurore_api.socle.base import Base
from aurore_api.socle.intergiciel import Enveloppe
from aurore_api.socle.travaux.ouvrier import Ouvrier, au_travail
from aurore_api.stock.routes import routeur as stock
from aurore_api.tables.routes import routeur as tables
from aurore_api.travaux.routes import routeur as travaux

TRANCHES = (
    documents,
    catalogue,
    prix,
    clients,
    fournisseurs,
    stock,
    listes_stock,
    credit,
    articles_recents,
    commandes_types,
    magasin,
    routine,
    restes,
    production,
    notes_envoi,
    echanges,
    anonymisation,
    tables,
    exercices,
    parametres,
    travaux,
    acces,
)
"""What is asked for most comes first: routes are tried one after the other."""
CORPS_MAX = 16 * 1024 * 1024


def creer_app(base: Base, corps_max: int = CORPS_MAX, ouvrier: Ouvrier | None = None) -> FastAPI:
    """The API on a database, with a worker beside it where one is given. Closing the application closes both."""

    @asynccontextmanager
    async def vie(_: FastAPI) -> AsyncIterator[None]:
        async with au_travail(ouvrier) if ouvrier else nullcontext():
            yield
        await base.fermer()

    app = FastAPIOffline(
        docs_url="/docs",
        redoc_url=None,
        static_url="/docs-statique",
        title="Aurore Commande",
        version="1",
        openapi_url="/openapi.json",
        redirect_slashes=False,
        lifespan=vie,
    )
    app.state.base = base
    app.state.arret = asyncio.Event()
    for tranche in TRANCHES:
        # All routes in one list: routers in routers are walked through anew at every level of every request.
        app.router.routes.extend(une.original_route for une in iter_route_contexts(tranche.routes))
    app.include_router(sante.routeur)
    erreurs.installer(app)
    installer_contrat(app)
    app.add_middleware(Enveloppe, corps_max=corps_max)
    return app
