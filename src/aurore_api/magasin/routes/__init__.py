"""The HTTP of the till, a file per subject."""

from fastapi import APIRouter

from aurore_api.magasin.routes.magasins import routeur as magasins

routeur = APIRouter(redirect_slashes=False)
for _une in (magasins,):
    routeur.include_router(_une)
