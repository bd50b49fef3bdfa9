"""Assembly: the application made of its slices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import APIRouter, FastAPI
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
from aurore_api.parametres.routes import routeur as parametres
from aurore_api.prix.routes import routeur as prix
from aurore_api.production.routes import routeur as production
from aurore_api.socle.base import Base
from aurore_api.socle.intergiciel import Enveloppe
from aurore_api.socle.travaux.ouvrier import Ouvrier, au_travail
from aurore_api.stock.routes import routeur as stock
from aurore_api.tables.routes import routeur as tables
from aurore_api.travaux.routes import routeur as travaux

TRANCHES = (
    catalogue,
    prix,
    clients,
    fournisseurs,
    documents,
    stock,
    listes_stock,
    credit,
    articles_recents,
    commandes_types,
    magasin,
    restes,
    production,
    echanges,
    anonymisation,
    tables,
    exercices,
    parametres,
    travaux,
    acces,
)
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
    v1 = APIRouter(prefix="/v1", redirect_slashes=False)
    for tranche in TRANCHES:
        v1.include_router(tranche)
    app.include_router(v1)
    app.include_router(sante.routeur)
    erreurs.installer(app)
    installer_contrat(app)
    app.add_middleware(Enveloppe, corps_max=corps_max)
    return app
