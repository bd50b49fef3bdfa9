"""`/v1/clients` and what lies below each."""

from fastapi import APIRouter

from aurore_api.clients.calendrier import routes as calendrier
from aurore_api.clients.prix import routes as prix
from aurore_api.clients.routes import adresses, clients, unites_preferees

routeur = APIRouter(redirect_slashes=False)
for _partie in (clients, adresses, unites_preferees, prix, calendrier):
    routeur.include_router(_partie.routeur)
