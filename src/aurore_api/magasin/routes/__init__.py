"""The HTTP of the till, a file per subject."""

from fastapi import APIRouter

from aurore_api.magasin.routes.listes import routeur as listes
from aurore_api.magasin.routes.magasins import routeur as magasins
from aurore_api.magasin.routes.poussees import routeur as poussees
from aurore_api.magasin.routes.rapprochement import routeur as rapprochement

routeur = APIRouter(redirect_slashes=False)
for _une in (magasins, listes, poussees, rapprochement):
    routeur.include_router(_une)
