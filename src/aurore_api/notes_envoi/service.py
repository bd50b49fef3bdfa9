"""The verbs of delivery notes (MAG-22): planned, made one by one, printed together.

A job's items commit singly, so what fails stops nothing; `planifier` and `faire` serve other jobs as well.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col

from aurore_api.clients.service import NoteEnvoiDuClient, notes_envoi
from aurore_api.documents.service import lire as documents
from aurore_api.documents.service import livrer, pdf
from aurore_api.documents.service.livrer import ALivrer
from aurore_api.notes_envoi import requetes
from aurore_api.notes_envoi.erreurs import NoteEnvoiAbsente
from aurore_api.notes_envoi.schemas import (
    FiltreNotesEnvoi,
    MotifSansNote,
    NoteEnvoiFaite,
    NoteEnvoiSortie,
    NotesEnvoiEntree,
    NotesEnvoiSortie,
    SansNoteEnvoi,
)
from aurore_api.notes_envoi.tables import NoteEnvoi
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.socle.portees import portee_de
from aurore_api.socle.textes import detail
from aurore_api.socle.travaux.genres import Etape, Genre, Issue, Objet, Plan
from aurore_api.socle.travaux.problemes import ProblemeDeTravail
from aurore_api.travaux import service as travaux
from aurore_api.travaux.schemas import TravailSortie
from aurore_domain.cycle import Etat


@dataclass(frozen=True, slots=True)
class Tournee:
    """What is due on a day: what becomes delivery notes, and what does not, and why."""

    a_faire: list[ALivrer]
    laissees: list[tuple[ALivrer, MotifSansNote]]


async def planifier(ctx: Contexte, jour: date, clients: Collection[str] | None = None) -> Tournee:
    """Look at what is due: a private client's order is picked up at its shop; others have their settings (CLI-08)."""
    dus = await livrer.a_livrer(ctx, jour, clients)
    reglages = await notes_envoi(ctx, {un.client for un in dus}) if dus else {}
    tournee = Tournee([], [])
    for un in dus:
        motif = _motif(un, reglages[un.client])
        if motif is None:
            tournee.a_faire.append(un)
        else:
            tournee.laissees.append((un, motif))
    return tournee


def _motif(groupe: ALivrer, client: NoteEnvoiDuClient) -> MotifSansNote | None:
    if groupe.magasin is not None and not client.facturable:
        return "commande_de_particulier"
    return None if client.imprimer else "note_envoi_non_demandee"


async def faire(ctx: Contexte, jour: date, groupe: ALivrer, travail: str) -> NoteEnvoiFaite:
    """Make and print the bordereau of commandes that go out together, and note it as `travail`'s.

    Raises:
        ErreurAurore: what transfer and printing refuse; nothing of it happened then.
    """
    reglages = (await notes_envoi(ctx, [groupe.client]))[groupe.client]
    en_tete = {} if reglages.profil is None else {"profil": reglages.profil}
    fait = await livrer.livrer(ctx, jour, groupe.documents, en_tete)
    if fait is not None:
        note = NoteEnvoi(document=fait.id, date=jour, travail=travail, copies=reglages.copies, cree_le=ctx.maintenant)
        ctx.session.add(note)
        await ctx.session.flush()
    return NoteEnvoiFaite(
        client=groupe.client,
        client_nom=groupe.client_nom,
        commandes=list(groupe.documents),
        statut="rien" if fait is None else "cree",
        document=None if fait is None else fait.id,
        numero_affiche=None if fait is None else fait.numero_affiche,
        copies=reglages.copies,
        probleme=None,
    )


async def demander(ctx: Contexte, demande: NotesEnvoiEntree) -> TravailSortie:
    """Ask for the delivery notes of a day."""
    return await travaux.demander(ctx, GENRE, demande, portee_de("creer_notes_envoi"))


async def simuler(ctx: Contexte, demande: NotesEnvoiEntree) -> NotesEnvoiSortie:
    """What making them would answer; nothing is kept of it."""
    return NotesEnvoiSortie.model_validate(await travaux.simuler(ctx, GENRE, demande))


async def _planifier(ctx: Contexte, demande: NotesEnvoiEntree) -> Plan:
    tournee = await planifier(ctx, demande.date, demande.clients)
    laissees = [
        SansNoteEnvoi(
            client=un.client,
            client_nom=un.client_nom,
            commandes=list(un.documents),
            code=motif,
            detail=detail(motif, ctx.langue, {"client": un.client}),
        ).model_dump(mode="json")
        for un, motif in tournee.laissees
    ]
    prevues = [ecrire(un) for un in tournee.a_faire]
    etapes = [Etape(une["client"], une) for une in prevues]
    return Plan(etapes, {"sans_note": laissees, "prevues": prevues})


def ecrire(groupe: ALivrer) -> Objet:
    """Commandes that go out together, as a job keeps them."""
    return {
        "client": groupe.client,
        "client_nom": groupe.client_nom,
        "magasin": groupe.magasin,
        "documents": [str(un) for un in groupe.documents],
    }


def relire(objet: Objet) -> ALivrer:
    """The same, read again."""
    return ALivrer(**objet | {"documents": tuple(map(UUID, objet["documents"]))})


async def _executer(ctx: Contexte, demande: NotesEnvoiEntree, etape: Etape) -> Objet:
    faite = await faire(ctx, demande.date, relire(etape.contenu), ctx.requete_id)
    return faite.model_dump(mode="json")


async def _conclure(ctx: Contexte, demande: NotesEnvoiEntree, constat: Objet, issues: Sequence[Issue]) -> Objet:
    notes = list(map(_faite, issues, constat["prevues"]))
    bilan = NotesEnvoiSortie(
        simulation=ctx.simulation,
        date=demande.date,
        notes=notes,
        sans_note=[SansNoteEnvoi.model_validate(une) for une in constat["sans_note"]],
        resume=dict(Counter(une.statut for une in notes)),
    )
    return bilan.model_dump(mode="json")


def _faite(issue: Issue, prevue: Objet) -> NoteEnvoiFaite:
    """What became of an item, refused ones told like the others."""
    if issue.resultat is not None:
        return NoteEnvoiFaite.model_validate(issue.resultat)
    return NoteEnvoiFaite(
        client=prevue["client"],
        client_nom=prevue["client_nom"],
        commandes=prevue["documents"],
        statut="refuse",
        document=None,
        numero_affiche=None,
        copies=0,
        probleme=ProblemeDeTravail.model_validate(issue.probleme),
    )


GENRE = Genre(
    nom="notes_envoi", parametres=NotesEnvoiEntree, planifier=_planifier, executer=_executer, conclure=_conclure
)
"""Making the delivery notes of a day, as workers do it."""


async def lister(ctx: Contexte, filtre: FiltreNotesEnvoi) -> Page[NoteEnvoiSortie]:
    """A page of delivery notes, in the order in which they were made."""
    requete = requetes.liste(filtre.date, filtre.travail)
    lignes, suivant = await lire_page(ctx, requete, filtre, ([col(NoteEnvoi.document)], False))
    return Page[NoteEnvoiSortie](data=[NoteEnvoiSortie.model_validate(une) for une in lignes], curseur_suivant=suivant)


async def imprimees(ctx: Contexte, *, jour: date | None = None, travail: str | None = None) -> bytes | None:
    """The PDF of the delivery notes of a day, or of a job, as they were issued; annulled ones are left out.

    None where the caller's ETag is still good. Raises `NoteEnvoiAbsente`.
    """
    faites = await requetes.toutes(ctx, jour, travail)
    etats: dict[UUID, Any] = dict(await documents.etats(ctx, {une.document for une in faites}))
    valables = [une for une in faites if etats[une.document] is not Etat.ANNULE]
    if not valables:
        raise NoteEnvoiAbsente
    copies = {une.document: une.copies for une in valables}
    return await pdf.ensemble(ctx, copies, titre="notes_envoi", emis_le=max(une.cree_le for une in valables))
