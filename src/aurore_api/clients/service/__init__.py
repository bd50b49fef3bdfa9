"""The verbs of clients, a file per subject; other slices use `pour_document`."""

from aurore_api.clients.commun import verrouiller
from aurore_api.clients.service.pour_document import (
    Facturation,
    NoteEnvoiDuClient,
    facturables,
    facturation,
    noms,
    notes_envoi,
    payes_par,
    pour_document,
    pour_documents,
    unites_de_commande,
)

__all__ = [
    "Facturation",
    "NoteEnvoiDuClient",
    "facturables",
    "facturation",
    "noms",
    "notes_envoi",
    "payes_par",
    "pour_document",
    "pour_documents",
    "unites_de_commande",
    "verrouiller",
]
