"""Shops and their parameters in JSON (MAG-01)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from aurore_api.socle.portees import MOTIF_MAGASIN
from aurore_api.socle.types import Booleen, Code, Entree, Libelle, NumeroClient, Sortie, Version, exemples

CodeMagasin = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=MOTIF_MAGASIN)]
"""A shop's code, of which the scope of its key is made."""
Jours = Annotated[int, Field(strict=True, ge=0, le=366)]


class MagasinEntree(Entree):
    """A shop whose till pushes its orders and sales; a new one has the default parameters."""

    model_config = exemples({"code": "NAM", "nom": "Magasin de Namur"})

    code: CodeMagasin
    nom: Libelle
    client: NumeroClient | None = Field(default=None, description="The shop itself as a client, which is delivered to")
    actif: Booleen = Field(default=True, description="What the till of an inactive shop pushes is answered `desactive`")


class ParametresMagasinEntree(Entree):
    """The parameters of a shop's interface, as its screen has them (MAG-01)."""

    model_config = exemples({"familles_patisserie": ["3", "8", "9"], "reste_j_plus": 1, "client_reste": "99999"})

    synchro_commandes: Booleen = Field(default=True, description="Off, orders are answered `desactive`")
    synchro_clients: Booleen = Field(default=True, description="Off, clients are neither made nor changed by the till")
    synchro_factures: Booleen = Field(default=True, description="Off, factures à établir are answered `desactive`")
    liste_commandes: Booleen = Field(default=True, description="MAG-15, MAG-23: the routine makes the list of orders")
    liste_commandes_demain: Booleen = Field(default=False, description="… of the day after the date")
    imprimer_notes_envoi: Booleen = Field(default=True, description="MAG-22, MAG-23")
    notes_envoi_j_moins_1: Booleen = Field(default=False, description="MAG-22: those of the day before the date")
    imprimer_production: Booleen = Field(default=True, description="MAG-20, MAG-23")
    familles_patisserie: list[Code] = Field(
        default=[], max_length=200, description="MAG-20: the families of the production list; all of them when empty"
    )
    reste_j_plus: Annotated[int, Field(strict=True, ge=0, le=60)] = Field(
        default=1, description="MAG-21: leftovers of a day count against the production of so many days later"
    )
    client_reste: NumeroClient = Field(default="99999", description="MAG-21: under which leftovers are told")
    fenetre_commandes: Jours = Field(default=2, description="MAG-10: orders of so many days before the period's end")
    fenetre_factures: Jours = Field(default=31, description="MAG-18: sales of so many days before the period's end")


class ParametresMagasinSortie(Sortie):
    """The parameters of a shop as they are; their version is the shop's."""

    synchro_commandes: bool
    synchro_clients: bool
    synchro_factures: bool
    liste_commandes: bool
    liste_commandes_demain: bool
    imprimer_notes_envoi: bool
    notes_envoi_j_moins_1: bool
    imprimer_production: bool
    familles_patisserie: list[str]
    reste_j_plus: int
    client_reste: str
    fenetre_commandes: int
    fenetre_factures: int
    version: Version
