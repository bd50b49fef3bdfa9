"""`python -m aurore_magasin`."""

from aurore_magasin.application import application

application()
