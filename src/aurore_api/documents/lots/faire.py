"""Make one document of a lot, or refuse it, with what was loaded: not a statement is sent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from uuid_utils.compat import uuid7

from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents import tiers
from aurore_api.documents.calcul import calculer
from aurore_api.documents.erreurs import ClientInconnu
from aurore_api.documents.lots.demandes import Fait, Voulu
from aurore_api.documents.lots.fonds import Fonds, gamme_de
from aurore_api.documents.saisie import Etabli, construire_avec
from aurore_api.documents.service import entete, heure_limite
from aurore_api.documents.service.facturation import exiger_servi
from aurore_api.documents.tables import Acompte, Document, LigneDocument
from aurore_api.socle.colonnes import legere, nue
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, regle
from aurore_domain.exercices import exiger_meme_exercice
from aurore_domain.magasin import dernier_jour

_COLONNES = tuple(nue(Document).keys())
_DOCUMENT, _LIGNE, _ACOMPTE = legere(Document), legere(LigneDocument), legere(Acompte)


def faire(ctx: Contexte, fonds: Fonds, voulu: Voulu) -> Fait:
    """The document, computed; pointers of refusals are those of a document's own fields.

    It is late where it comes late, and never refused for that nor for its client's credit (CLI-11).

    Raises:
        DateHorsExercice: a numbered document's date would leave its exercice (DOC-04).
        ErreurAurore: what `saisie`, `calcul` and `entete` refuse, several together.
    """
    client = fonds.clients.get(voulu.client)
    if client is None:
        raise ClientInconnu(pointeur="#/client", client=voulu.client)
    if voulu.ouvert is None or voulu.ouvert.document.client != client.numero:
        exiger_servi(client, voulu.type)
    refus = fonds.jours[voulu.entete["date"]]
    if refus is not None:
        raise type(refus)(pointeur="#/date", **refus.valeurs)
    document = _nouveau(ctx, fonds, voulu, client) if voulu.ouvert is None else _repris(fonds, voulu, client)
    for nom, valeur in voulu.entete.items():
        setattr(document, nom, valeur)
    if document.exercice is not None:
        exiger_meme_exercice(document.date, fonds.exercices[document.exercice])
    _mentionner(fonds, voulu, document, client)
    if regle(voulu.type).commande:
        document.date_commande = document.date
    surveillance = fonds.surveillances.get(client.numero)
    etabli = Etabli(document, client, fonds.parametres, fonds.referentiel, surveillance, ligne=_LIGNE)
    lignes = construire_avec(etabli, voulu.lignes, fonds.articles[gamme_de(client, voulu)])
    heure_limite.verifier_tout(ctx, etabli, lignes, "marquer")
    fait = Fait(etabli, lignes, voulu.ouvert)
    _verser(fait, voulu)
    if voulu.ouvert is not None:
        _rejoindre(ctx, fait, voulu.ouvert.lignes)
    calculer(document, lignes, etabli.referentiel, etabli.parametres)
    document.recherche = entete.texte_de_recherche(document, client)
    return fait


def _en_tete(fonds: Fonds, voulu: Voulu, client: ClientDeDocument) -> dict[str, Any]:
    """What the headers of a client's documents have before anything is said of them.

    The ticket's total is the document's: no cash discount, no charge of delivery is added to what the till asked for.
    """
    cle = client.numero, str(voulu.type)
    if cle not in fonds.en_tetes:
        fonds.en_tetes[cle] = (
            tiers.colonnes(client)
            | entete.valeurs_par_defaut(client, fonds.parametres, voulu.type)
            | {"escompte": None, "impression_directe": False}
        )
    return fonds.en_tetes[cle]


def _nouveau(ctx: Contexte, fonds: Fonds, voulu: Voulu, client: ClientDeDocument) -> Document:
    document = _DOCUMENT(
        id=uuid7(),
        type=voulu.type,
        etat=Etat.EN_ATTENTE,
        date=ctx.aujourd_hui,
        prix_tvac=True,
        cree_le=ctx.maintenant,
        magasin=voulu.magasin,
        reference_magasin=voulu.reference,
        acomptes=[],
        **_en_tete(fonds, voulu, client),
    )
    entete.verifier_references(document, fonds.referentiel)
    return document


def _repris(fonds: Fonds, voulu: Voulu, client: ClientDeDocument) -> Document:
    """A copy of what is stored, of which the version goes up; for another client it has that one's header."""
    if voulu.ouvert is None:
        raise TypeError(voulu)
    present = voulu.ouvert.document
    document = _DOCUMENT(**{nom: present.__dict__[nom] for nom in _COLONNES}, acomptes=list(present.acomptes))
    if present.client != client.numero:
        for nom, valeur in _en_tete(fonds, voulu, client).items():
            setattr(document, nom, valeur)
    document.version += 1
    return document


def _mentionner(fonds: Fonds, voulu: Voulu, document: Document, client: ClientDeDocument) -> None:
    """Let the document begin with what is said of it, in its client's language, before the client's own text."""
    mention = voulu.mentions.get(client.langue)
    if mention is None or mention in (document.textes.get("debut") or ""):
        return
    habituel = _en_tete(fonds, voulu, client)["textes"].get("debut")
    document.textes = document.textes | {"debut": mention if habituel is None else f"{mention}\n{habituel}"}


def _verser(fait: Fait, voulu: Voulu) -> None:
    """Keep the one deposit that the till speaks of in step with what it says was paid."""
    document, jour = fait.document, voulu.entete["date"]
    siens = [un for un in document.acomptes if _du_magasin(un, voulu)]
    autres = [un for un in document.acomptes if not _du_magasin(un, voulu)]
    if not voulu.verse:
        fait.acomptes_retires = [un.id for un in siens]
        gardes: list[Acompte] = []
    elif siens:
        gardes = [_acompte(voulu, document, jour, siens[0])]
        if siens[0].montant != voulu.verse:
            fait.acomptes_changes = gardes
    else:
        gardes = fait.acomptes_nouveaux = [_acompte(voulu, document, jour, None)]
    document.acomptes = autres + gardes


def _du_magasin(acompte: Acompte, voulu: Voulu) -> bool:
    return acompte.reference == voulu.reference and acompte.origine is None and acompte.transfere_vers is None


def _acompte(voulu: Voulu, document: Document, jour: date, present: Acompte | None) -> Acompte:
    return _ACOMPTE(
        id=uuid7() if present is None else present.id,
        document=document.id,
        date=jour if present is None else present.date,
        montant=voulu.verse,
        mode_paiement=None if present is None else present.mode_paiement,
        reference=voulu.reference,
    )


def _rejoindre(ctx: Contexte, fait: Fait, anciennes: Sequence[LigneDocument]) -> None:
    """Let lines of the same article at the same place stay the lines that they are; reopen what is to come (MAG-26)."""
    document = fait.document
    par_place = {(une.ordre, une.article): une for une in anciennes}
    gardees = []
    for ligne in fait.lignes:
        ancienne = par_place.pop((ligne.ordre, ligne.article), None)
        if ancienne is not None:
            ligne.id = ancienne.id
            gardees.append(ligne.id)
    fait.gardees, fait.retirees = gardees, [une.id for une in par_place.values()]
    if document.cloture_le is not None and dernier_jour(document, fait.lignes) >= ctx.aujourd_hui:
        document.cloture_le = None
