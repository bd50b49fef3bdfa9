"""Orders of a till become commandes (MAG-10 to MAG-14, MAG-26)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from anyio import to_thread

from aurore_api.catalogue.service import porteurs, unites_de_base
from aurore_api.documents.lots.demandes import Fait, Voulu
from aurore_api.documents.lots.ecrire import ecrire
from aurore_api.documents.lots.faire import faire
from aurore_api.documents.lots.fonds import Fonds, reunir
from aurore_api.documents.lots.lire import ouvrir, signature_de, touche
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.sorties import Avertissement
from aurore_api.magasin import requetes
from aurore_api.magasin.poussees import BilanPoussee, CommandePoussee, CommandesPoussees, ResultatPoussee, StatutPoussee
from aurore_api.magasin.service import conflits
from aurore_api.magasin.service.clients import Resolus, resoudre
from aurore_api.magasin.service.cloture import cloturer
from aurore_api.magasin.service.elements import (
    Element,
    avertir,
    avertissements_de,
    erreurs_de,
    lire,
    resultat,
)
from aurore_api.magasin.service.lignes import Porteurs, articles_en_unite, en_document
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.service.periode import desactiver, fenetre_de, hors_periode
from aurore_api.magasin.service.pousser import bilan, pousser
from aurore_api.magasin.tables import ConflitMagasin, Magasin, ReferenceMagasin, ReferencePrise
from aurore_api.socle.bloc import modifier_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.verrous import seul
from aurore_domain.cycle import TypeDocument
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.magasin import (
    Connue,
    Decision,
    Fenetre,
    Motif,
    Recue,
    SansLigne,
    Suite,
    Vue,
    decider,
    verifier_livraison,
)

GENRE = "commande"
_A_FAIRE = frozenset({Suite.CREER, Suite.CHANGER})
_REFERENCE = {"date", "version", "empreinte", "annulee", "signature", "document", "changee_le"}
"""What changes of a reference."""
Commande = Element[CommandePoussee]


async def pousser_commandes(ctx: Contexte, code: str, corps: CommandesPoussees) -> BilanPoussee:
    """Take the orders of a till; what became of each, in the order sent. Closes what is past (MAG-26).

    Raises:
        RessourceAbsente: there is no such shop.
        PorteeInsuffisante: a longer window than the shop's is asked for without the scope `derogation`.
    """
    magasin = await lire_magasin(ctx, code)
    fenetre = fenetre_de(ctx, corps, magasin.fenetre_commandes)
    elements = await to_thread.run_sync(lire, ctx, "commandes", corps.commandes, CommandePoussee)
    if not (magasin.actif and magasin.synchro_commandes):
        desactiver(ctx, elements, "synchro_commandes" if magasin.actif else "actif")
        return bilan(elements)
    await pousser(ctx, elements, partial(traiter, ctx, magasin, fenetre), atomique=corps.atomique)
    if not corps.atomique:
        await cloturer(ctx)
    return bilan(elements)


@dataclass(slots=True)
class _Lot:
    """A part of a push under way: what is known of its references, and what is decided of each."""

    elements: Sequence[Commande]
    connues: Mapping[str, ReferenceMagasin]
    en_conflit: Mapping[str, ConflitMagasin]
    prises: Mapping[str, UUID]
    ouverts: Mapping[UUID, Ouvert]
    fenetre: Fenetre
    forcees: frozenset[str]
    """References of which theirs is taken, whatever was changed or ended here (MAG-13)."""
    decisions: dict[str, Decision] = field(default_factory=dict)
    erreurs: dict[str, ErreurAurore] = field(default_factory=dict)
    faits: dict[str, Fait] = field(default_factory=dict)

    def a(self, *suites: Suite) -> list[tuple[str, CommandePoussee, Commande]]:
        """The orders of which this was decided, and that nothing stands against."""
        return [
            (un.pousse.reference, un.pousse, un)
            for un in self.elements
            if un.pousse is not None
            and un.pousse.reference not in self.erreurs
            and self.decisions[un.pousse.reference].suite in suites
        ]


async def traiter(
    ctx: Contexte,
    magasin: Magasin,
    fenetre: Fenetre,
    elements: Sequence[Commande],
    *,
    forcees: frozenset[str] = frozenset(),
) -> list[ResultatPoussee]:
    """One part of a push, in one transaction; its shop's other pushes wait.

    Of `forcees` the pushed version is taken, although the commande was changed or ended here; what moved on stays.
    """
    await seul(ctx, f"magasin:{magasin.code}")
    noms = [un.pousse.reference for un in elements if un.pousse is not None]
    connues = await requetes.references(ctx, magasin.code, GENRE, noms)
    lot = _Lot(
        elements,
        connues,
        await requetes.conflits_ouverts(ctx, magasin.code, GENRE, noms),
        await requetes.prises(ctx, magasin.code, noms, sauf=GENRE),
        await ouvrir(ctx, _a_ouvrir(elements, connues)),
        fenetre,
        forcees,
    )
    _decider(lot)
    clients = await resoudre(ctx, magasin, [une.client for _, une, _ in lot.a(*_A_FAIRE)])
    await _faire(ctx, magasin, lot, clients)
    avertissements = await _ecrire(ctx, magasin, lot)
    conflictuels = await conflits.noter(
        ctx,
        magasin.code,
        GENRE,
        [(un, lot.decisions[nom].motif, _document(lot, nom)) for nom, _, un in lot.a(Suite.CONFLIT)],
        lot.en_conflit,
    )
    return [_resultat(ctx, lot, un, clients, avertissements, conflictuels) for un in elements]


def _a_ouvrir(elements: Sequence[Commande], connues: Mapping[str, ReferenceMagasin]) -> set[UUID]:
    """The commandes that may have to change."""
    trouves: set[UUID] = set()
    for un in elements:
        connue = connues.get(un.cle or "")
        if un.pousse is None or connue is None or connue.document is None or connue.annulee:
            continue
        if un.pousse.version > connue.version and un.empreinte != connue.empreinte:
            trouves.add(connue.document)
    return trouves


def _document(lot: _Lot, reference: str) -> UUID | None:
    connue = lot.connues.get(reference)
    return lot.prises.get(reference) if connue is None else connue.document


def _connue(lot: _Lot, reference: str) -> Connue | None:
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


def _decider(lot: _Lot) -> None:
    for un in lot.elements:
        pousse = un.pousse
        if pousse is None:
            continue
        recue = Recue(pousse.date, pousse.version, un.empreinte, annulee=pousse.annulee)
        connue = _connue(lot, pousse.reference)
        try:
            decision = decider(recue, connue, lot.fenetre, prise_ailleurs=pousse.reference in lot.prises)
            if decision.suite in _A_FAIRE:
                _verifier(pousse)
        except ErreurAurore as erreur:
            lot.erreurs[pousse.reference] = erreur
        else:
            lot.decisions[pousse.reference] = decision


def _verifier(pousse: CommandePoussee) -> None:
    if not pousse.lignes:
        raise SansLigne(pointeur="#/lignes")
    if pousse.date_livraison is not None:
        verifier_livraison(pousse.date, pousse.date_livraison)


async def _faire(ctx: Contexte, magasin: Magasin, lot: _Lot, clients: Resolus) -> None:
    """Make what is to be made, each by itself."""
    a_faire = lot.a(*_A_FAIRE)
    if not a_faire:
        return
    codes = {une.code_barres for _, pousse, _ in a_faire for une in pousse.lignes if une.code_barres is not None}
    connus: Porteurs = await porteurs(ctx, codes) if codes else {}
    nommes = {un for _, pousse, _ in a_faire for un in articles_en_unite(pousse.lignes, connus)}
    unites = await unites_de_base(ctx, nommes) if nommes else {}
    voulus: dict[str, Voulu] = {}
    for reference, pousse, _ in a_faire:
        try:
            lignes = en_document(pousse.lignes, connus, unites)
            client = clients.client(pousse.client.numero)
        except ErreurAurore as erreur:
            lot.erreurs[reference] = erreur
        else:
            voulus[reference] = _voulu(magasin, lot, pousse, client, lignes)
    if voulus:
        fonds = await reunir(ctx, list(voulus.values()))
        # Outside of the event loop: others are served meanwhile.
        await to_thread.run_sync(_faire_tous, ctx, fonds, voulus, lot)


def _voulu(magasin: Magasin, lot: _Lot, pousse: CommandePoussee, client: str, lignes: Sequence[Any]) -> Voulu:
    entete: dict[str, Any] = {
        "date": pousse.date,
        "date_livraison_prevue": pousse.date_livraison or pousse.date,
        "heure_livraison": pousse.heure_livraison,
        "vos_references": pousse.vos_references,
    }
    if pousse.remarque is not None:
        entete["remarque_interne"] = pousse.remarque
    connue = lot.connues.get(pousse.reference)
    change = lot.decisions[pousse.reference].suite is Suite.CHANGER
    ouvert = lot.ouverts[connue.document] if change and connue is not None and connue.document is not None else None
    return Voulu(TypeDocument.COMMANDE, client, magasin.code, pousse.reference, entete, lignes, pousse.paye, ouvert)


def _faire_tous(ctx: Contexte, fonds: Fonds, voulus: Mapping[str, Voulu], lot: _Lot) -> None:
    for reference, voulu in voulus.items():
        try:
            lot.faits[reference] = faire(ctx, fonds, voulu)
        except ErreurAurore as erreur:
            lot.erreurs[reference] = erreur


async def _ecrire(ctx: Contexte, magasin: Magasin, lot: _Lot) -> Mapping[UUID, Sequence[Avertissement]]:
    """Store it all: documents first, then what is known of their references."""
    lignes = {nom: _reference(ctx, magasin, lot, nom, pousse, un) for nom, pousse, un in lot.a(*_RETENUES)}
    nouvelles = [une for nom, une in lignes.items() if nom not in lot.connues]
    changees = [une for nom, une in lignes.items() if nom in lot.connues]
    tenues = [
        ReferencePrise(magasin=magasin.code, reference=nom, genre=GENRE, document=lot.faits[nom].identifiant)
        for nom, _, _ in lot.a(Suite.CREER)
    ]
    annules = [lot.ouverts[une] for nom, _, _ in lot.a(Suite.ANNULER) if (une := _document(lot, nom)) is not None]
    dits: Mapping[UUID, Sequence[Avertissement]] = {}
    if lot.faits or annules or nouvelles:
        dits = await ecrire(ctx, list(lot.faits.values()), annules, nouvelles, tenues)
    await modifier_en_bloc(ctx, changees, _REFERENCE)
    return dits


_RETENUES = (Suite.CREER, Suite.CHANGER, Suite.ANNULER, Suite.RETENIR_ANNULEE, Suite.RETENIR_VERSION)
"""What is remembered of a reference from now on."""


def _reference(
    ctx: Contexte, magasin: Magasin, lot: _Lot, nom: str, pousse: CommandePoussee, element: Commande
) -> ReferenceMagasin:
    fait, ancienne = lot.faits.get(nom), lot.connues.get(nom)
    signature, document, recue_le = None, None, ctx.maintenant
    if ancienne is not None:
        signature, document, recue_le = ancienne.signature, ancienne.document, ancienne.recue_le
    if fait is not None:
        signature, document = signature_de(fait.document, fait.lignes), fait.identifiant
    return ReferenceMagasin(
        magasin=magasin.code,
        genre=GENRE,
        reference=nom,
        date=pousse.date,
        version=pousse.version,
        empreinte=element.empreinte,
        annulee=pousse.annulee,
        signature=signature,
        document=document,
        recue_le=recue_le,
        changee_le=ctx.maintenant,
    )


_STATUTS: Mapping[Suite, StatutPoussee] = {
    Suite.CREER: "cree",
    Suite.CHANGER: "mis_a_jour",
    Suite.ANNULER: "annule",
    Suite.RETENIR_ANNULEE: "annule",
    Suite.RETENIR_VERSION: "inchange",
    Suite.RIEN: "inchange",
    Suite.ANTERIEURE: "inchange",
    Suite.HORS_PERIODE: "hors_periode",
    Suite.CONFLIT: "conflit",
}


def _resultat(
    ctx: Contexte,
    lot: _Lot,
    element: Commande,
    clients: Resolus,
    avertissements: Mapping[UUID, Sequence[Avertissement]],
    conflictuels: Mapping[str, UUID],
) -> ResultatPoussee:
    pousse, racine = element.pousse, element.racine
    if pousse is None:
        raise TypeError(element)
    nom = pousse.reference
    if nom in lot.erreurs:
        return resultat(element, "refuse", erreurs=erreurs_de(ctx, racine, lot.erreurs[nom]))
    suite, fait = lot.decisions[nom].suite, lot.faits.get(nom)
    document = fait.identifiant if fait else _document(lot, nom)
    statut: StatutPoussee = "mis_a_jour" if suite is Suite.CREER and nom in lot.connues else _STATUTS[suite]
    if suite is Suite.HORS_PERIODE:
        return resultat(element, statut, erreurs=hors_periode(ctx, element, lot.fenetre))
    if suite is Suite.CONFLIT:
        return resultat(element, statut, document, conflit=conflictuels.get(nom))
    dits = avertissements_de(racine, avertissements.get(fait.identifiant, ())) if fait else []
    if suite is Suite.ANTERIEURE:
        dits.append(avertir(ctx, f"{racine}/version", "version_anterieure", version=pousse.version))
    ignores = clients.ignores.get(pousse.client.numero) if fait else None
    if ignores:
        dits.append(avertir(ctx, f"{racine}/client", "champs_ignores", champs=ignores))
    client = fait.document.client if fait else None
    return resultat(element, statut, document, client=client, avertissements=dits)
