"""The engine that takes what a till pushes, one part of it in one transaction (MAG-11 to MAG-14, MAG-18, MAG-19)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from anyio import to_thread

from aurore_api.catalogue.service import porteurs, unites_de_base
from aurore_api.documents.lots.demandes import Voulu
from aurore_api.documents.lots.faire import faire
from aurore_api.documents.lots.fonds import Fonds, reunir
from aurore_api.documents.lots.lire import ouvrir, touche
from aurore_api.magasin import requetes
from aurore_api.magasin.poussees import ResultatPoussee
from aurore_api.magasin.service import conflits
from aurore_api.magasin.service.clients import Resolus, resoudre
from aurore_api.magasin.service.ecrire import ecrire_lot
from aurore_api.magasin.service.elements import Element
from aurore_api.magasin.service.lignes import Porteurs, articles_en_unite, en_document
from aurore_api.magasin.service.lot import A_FAIRE, Lot
from aurore_api.magasin.service.rapprochement import ressemblances
from aurore_api.magasin.service.resultats import repondre
from aurore_api.magasin.service.sortes import P, Sorte
from aurore_api.magasin.tables import Magasin, ReferenceMagasin
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.verrous import seul
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.magasin import (
    Connue,
    DoubleFacturation,
    Fenetre,
    Motif,
    Recue,
    Suite,
    VersionIncoherente,
    Vue,
    decider,
)


async def traiter(
    ctx: Contexte,
    sorte: Sorte[P],
    magasin: Magasin,
    fenetre: Fenetre,
    elements: Sequence[Element[P]],
    *,
    forcees: frozenset[str] = frozenset(),
) -> list[ResultatPoussee]:
    """Take items of different references; its shop's other pushes wait.

    Of `forcees` the pushed version is taken, although the document was changed or ended here; what moved on stays.
    """
    await seul(ctx, f"magasin:{magasin.code}")
    pousses = [un.pousse for un in elements if un.pousse is not None]
    noms = [un.reference for un in pousses]
    connues = await requetes.references(ctx, magasin.code, sorte.genre, noms)
    origines = {nom for un in pousses if (nom := sorte.origine(un)) is not None}
    lot = Lot(
        sorte,
        magasin,
        elements,
        connues,
        await requetes.conflits_ouverts(ctx, magasin.code, sorte.genre, noms),
        await requetes.prises(ctx, magasin.code, {*noms, *origines}),
        await ouvrir(ctx, _a_ouvrir(elements, connues)),
        fenetre,
        forcees,
    )
    _decider(lot)
    _refuser_les_doubles(lot)
    clients = await resoudre(ctx, magasin, [une.client for _, une, _ in lot.a(*A_FAIRE)], frequence=sorte.frequence)
    await _faire(ctx, lot, clients)
    avertissements = await ecrire_lot(ctx, lot)
    conflictuels = await conflits.noter(
        ctx,
        magasin.code,
        sorte.genre,
        [(un, lot.decisions[nom].motif, lot.document(nom)) for nom, _, un in lot.a(Suite.CONFLIT)],
        lot.en_conflit,
    )
    semblables = await _semblables(ctx, lot)
    return [repondre(ctx, lot, un, clients, avertissements, conflictuels, semblables) for un in elements]


async def _semblables(ctx: Contexte, lot: Lot[P]) -> Mapping[str, Sequence[str]]:
    """What new and changed sales are alike to: taken all the same, and told (MAG-19)."""
    if not (lot.sorte.vente and lot.faits):
        return {}
    jours = {un.document.date for un in lot.faits.values()}
    return await ressemblances(ctx, lot.magasin.code, jours, lot.faits)


def _a_ouvrir(elements: Sequence[Element[P]], connues: Mapping[str, ReferenceMagasin]) -> set[UUID]:
    """The documents that may have to change."""
    trouves: set[UUID] = set()
    for un in elements:
        connue = connues.get(un.cle or "")
        if un.pousse is None or connue is None or connue.document is None or connue.annulee:
            continue
        if un.pousse.version > connue.version and un.empreinte != connue.empreinte:
            trouves.add(connue.document)
    return trouves


def _connue(lot: Lot[P], reference: str) -> Connue | None:
    """What the rules need to know of a reference."""
    ligne, conflit = lot.connues.get(reference), lot.en_conflit.get(reference)
    attendu = None if conflit is None else Vue(conflit.version, conflit.empreinte)
    if ligne is None:
        return None if attendu is None else Connue(attendu, absente=True, conflit=attendu)
    ouvert = lot.ouverts.get(ligne.document) if ligne.document is not None else None
    fait_ici = touche(ouvert, ligne.signature) if ouvert is not None else None
    if reference in lot.forcees and (ligne.document is None or fait_ici is Motif.ANNULEE_ICI):
        return Connue(Vue(ligne.version, ligne.empreinte), annulee=True, conflit=attendu)
    if reference in lot.forcees and fait_ici is Motif.CHANGEE_ICI:
        fait_ici = None
    return Connue(
        Vue(ligne.version, ligne.empreinte),
        annulee=ligne.annulee,
        absente=ligne.document is None,
        touche=fait_ici,
        conflit=attendu,
    )


def _decider(lot: Lot[P]) -> None:
    sorte = lot.sorte
    for un in lot.elements:
        pousse = un.pousse
        if pousse is None:
            continue
        recue = Recue(pousse.date, pousse.version, un.empreinte, annulee=pousse.annulee)
        connue = _connue(lot, pousse.reference)
        tenue = lot.tenue_par(pousse) is not None
        try:
            sorte.admettre(pousse)
            decision = decider(recue, connue, lot.fenetre, prise_ailleurs=tenue, vente=sorte.vente)
            if decision.suite in A_FAIRE:
                sorte.verifier(pousse)
            if decision.suite is Suite.RIEN:
                _verifier_paiements(lot, pousse)
        except ErreurAurore as erreur:
            lot.erreurs[pousse.reference] = erreur
        else:
            lot.decisions[pousse.reference] = decision


def _verifier_paiements(lot: Lot[P], pousse: P) -> None:
    """What is known of a payment changes under a newer version only, as all the rest does (MAG-12)."""
    ancienne = lot.connues.get(pousse.reference)
    if ancienne is not None and lot.sorte.paiements(pousse) != ancienne.paiements:
        raise VersionIncoherente(pointeur="#/version", version=pousse.version)


def _refuser_les_doubles(lot: Lot[P]) -> None:
    for nom, pousse, _ in lot.a(Suite.DOUBLE):
        tenue = lot.tenue_par(pousse)
        if tenue is not None:
            champ, prise = tenue
            lot.erreurs[nom] = DoubleFacturation(pointeur=f"#/{champ}", reference=prise.reference, autre=prise.genre)


async def _faire(ctx: Contexte, lot: Lot[P], clients: Resolus) -> None:
    """Make what is to be made, each by itself."""
    a_faire = lot.a(*A_FAIRE)
    if not a_faire:
        return
    codes = {une.code_barres for _, pousse, _ in a_faire for une in pousse.lignes if une.code_barres is not None}
    connus: Porteurs = await porteurs(ctx, codes) if codes else {}
    nommes = {un for _, pousse, _ in a_faire for un in articles_en_unite(pousse.lignes, connus)}
    unites = await unites_de_base(ctx, nommes) if nommes else {}
    voulus: dict[str, tuple[P, Voulu]] = {}
    for reference, pousse, _ in a_faire:
        try:
            lignes = en_document(pousse.lignes, connus, unites)
            client = clients.client(pousse.client.numero)
        except ErreurAurore as erreur:
            lot.erreurs[reference] = erreur
        else:
            voulus[reference] = pousse, _voulu(lot, pousse, client, lignes)
    if voulus:
        fonds = await reunir(ctx, [voulu for _, voulu in voulus.values()])
        # Outside of the event loop: others are served meanwhile.
        await to_thread.run_sync(_faire_tous, ctx, fonds, voulus, lot)


def _voulu(lot: Lot[P], pousse: P, client: str, lignes: Sequence[Any]) -> Voulu:
    sorte, connue = lot.sorte, lot.connues.get(pousse.reference)
    change = lot.decisions[pousse.reference].suite is Suite.CHANGER
    ouvert = lot.ouverts[connue.document] if change and connue is not None and connue.document is not None else None
    return Voulu(
        sorte.type,
        client,
        lot.magasin.code,
        pousse.reference,
        sorte.entete(pousse),
        lignes,
        sorte.verse(pousse),
        ouvert,
        sorte.mentions(lot.magasin, pousse),
    )


def _faire_tous(ctx: Contexte, fonds: Fonds, voulus: Mapping[str, tuple[P, Voulu]], lot: Lot[P]) -> None:
    for reference, (pousse, voulu) in voulus.items():
        try:
            fait = faire(ctx, fonds, voulu)
            lot.sorte.exiger(pousse, fait)
        except ErreurAurore as erreur:
            lot.erreurs[reference] = erreur
        else:
            lot.faits[reference] = fait
