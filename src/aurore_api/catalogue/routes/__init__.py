"""`/v1/articles` and what lies below each."""

from fastapi import APIRouter

from aurore_api.catalogue.routes import articles, assemblages, codes_barres, images
from aurore_api.catalogue.routes.annexes import monter
from aurore_api.catalogue.routes.collections import COLLECTIONS

routeur = APIRouter(redirect_slashes=False)
_COLLECTIONS = (monter(une) for une in COLLECTIONS)
for _partie in (articles.routeur, *_COLLECTIONS, assemblages.routeur, images.routeur, codes_barres.routeur):
    routeur.include_router(_partie)
