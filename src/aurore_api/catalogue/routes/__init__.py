"""`/v1/articles` and what lies below each."""

from fastapi import APIRouter

from aurore_api.catalogue.routes import articles, libelles, tarifs, unites

routeur = APIRouter(redirect_slashes=False)
for _partie in (articles, unites, tarifs, libelles):
    routeur.include_router(_partie.routeur)
