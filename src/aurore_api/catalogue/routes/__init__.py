"""`/v1/articles` and what lies below each."""

from aurore_api.catalogue.routes import articles, libelles, tarifs, unites
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("", "articles")
for _partie in (articles, unites, tarifs, libelles):
    routeur.include_router(_partie.routeur)
