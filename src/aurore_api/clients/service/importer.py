"""Clients by the file, all or nothing (ART-19): the ordinary rules, for all rows at once."""

from collections.abc import Sequence
from typing import TypeAlias

from aurore_api.clients import requetes
from aurore_api.clients.commun import CLIENT
from aurore_api.clients.erreurs import ClientAnonymise, CycleDeFacturation
from aurore_api.clients.schemas import ClientEntree
from aurore_api.clients.service.clients import champs_selon, laisse_ouvert, servi
from aurore_api.clients.tables import Client
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.lots import (
    Bilan,
    Demande,
    Proposition,
    Refuses,
    Sujet,
    ecrire,
    preparer,
    refuser_sans_objet,
    remplacer,
)
from aurore_api.socle.verrous import seul
from aurore_domain.graphes import anneaux

_Client: TypeAlias = Proposition[Client, ClientEntree]

CLIENTS = Sujet(
    ressource=CLIENT,
    ligne=Client,
    entree=ClientEntree,
    cle=("numero",),
    servir=servi,
    identifiant=lambda ligne: ligne.numero,
)


async def importer(ctx: Contexte, demandes: Sequence[Demande], bilan: Bilan) -> None:
    """Store clients (CLI-01 to CLI-13); what holds back changes of payers comes before the locks on rows."""
    if demandes and "facturer_a" in demandes[0].donnes:
        await seul(ctx, "facturation")
    propositions = await preparer(ctx, CLIENTS, demandes, bilan)
    societe = await parametres.lire(ctx) if any(laisse_ouvert(une.entree) for une in propositions) else None
    for une in propositions:
        une.apres = remplacer(CLIENTS, une, champs_selon(une.entree, societe))
        if une.avant is not None and une.avant.anonymise_le is not None:
            bilan.refuses.regle(une.rang, ClientAnonymise(pointeur="#/numero"))
    await _refuser_payeurs(ctx, propositions, bilan.refuses)
    numeros = [une.entree.numero for une in propositions]
    await refuser_sans_objet(ctx, propositions, bilan.refuses, {"facturer_a": numeros})
    await ecrire(ctx, CLIENTS, propositions, bilan)


async def _refuser_payeurs(ctx: Contexte, propositions: Sequence[_Client], refuses: Refuses) -> None:
    """Refuse clients that would be billed to themselves, at once or through others, one for each ring (CLI-05)."""
    rangs = {
        une.entree.numero: une.rang
        for une in propositions
        if une.entree.facturer_a is not None and une.entree.facturer_a != (une.avant and une.avant.facturer_a)
    }
    if not rangs:
        return
    tous = {**await requetes.payeurs(ctx), **{une.entree.numero: une.entree.facturer_a for une in propositions}}
    for boucle in anneaux({client: payeur for client, payeur in tous.items() if payeur is not None}):
        rang = min((rangs[client] for client in boucle if client in rangs), default=None)
        if rang is not None:
            refuses.regle(rang, CycleDeFacturation(pointeur="#/facturer_a", anneau=boucle))
