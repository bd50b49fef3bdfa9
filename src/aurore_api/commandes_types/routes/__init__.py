"""`/v1/clients/{numero}/commandes-types` and `/v1/commandes-types`."""

from fastapi import APIRouter

from aurore_api.commandes_types.routes import commandes_types, ensemble, exceptions, pauses

routeur = APIRouter(redirect_slashes=False)
for _partie in (commandes_types, exceptions, pauses, ensemble):
    routeur.include_router(_partie.routeur)
