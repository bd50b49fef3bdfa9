"""What became of each item of a push, in the till's words (MAG-11, MAG-12)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from aurore_api.documents.sorties import Avertissement
from aurore_api.magasin.poussees import ResultatPoussee, StatutPoussee
from aurore_api.magasin.service.clients import Resolus
from aurore_api.magasin.service.elements import Element, avertir, avertissements_de, erreurs_de, resultat
from aurore_api.magasin.service.lot import Lot
from aurore_api.magasin.service.periode import hors_periode
from aurore_api.magasin.service.sortes import P
from aurore_api.socle.contexte import Contexte
from aurore_domain.magasin import Suite

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


def repondre(
    ctx: Contexte,
    lot: Lot[P],
    element: Element[P],
    clients: Resolus,
    avertissements: Mapping[UUID, Sequence[Avertissement]],
    conflictuels: Mapping[str, UUID],
    semblables: Mapping[str, Sequence[str]],
) -> ResultatPoussee:
    """The outcome of an item."""
    pousse, racine = element.pousse, element.racine
    if pousse is None:
        raise TypeError(element)
    nom = pousse.reference
    if nom in lot.erreurs:
        return resultat(element, "refuse", erreurs=erreurs_de(ctx, racine, lot.erreurs[nom]))
    suite, fait = lot.decisions[nom].suite, lot.faits.get(nom)
    document = fait.identifiant if fait else lot.document(nom)
    statut = _statut(lot, pousse, suite)
    if suite is Suite.HORS_PERIODE:
        return resultat(element, statut, erreurs=hors_periode(ctx, element, lot.fenetre))
    if suite is Suite.CONFLIT:
        return resultat(element, statut, document, conflit=conflictuels.get(nom))
    dits = avertissements_de(racine, avertissements.get(fait.identifiant, ())) if fait else []
    if suite is Suite.ANTERIEURE:
        dits.append(avertir(ctx, f"{racine}/version", "version_anterieure", version=pousse.version))
    if nom in semblables:
        dits.append(avertir(ctx, racine, "vente_semblable", autres=", ".join(semblables[nom])))
    ignores = clients.ignores.get(pousse.client.numero) if fait else None
    if ignores:
        dits.append(avertir(ctx, f"{racine}/client", "champs_ignores", champs=ignores))
    client = fait.document.client if fait else None
    return resultat(element, statut, document, client=client, avertissements=dits)


def _statut(lot: Lot[P], pousse: P, suite: Suite) -> StatutPoussee:
    ancienne = lot.connues.get(pousse.reference)
    if suite is Suite.CREER and ancienne is not None:
        return "mis_a_jour"
    if suite is Suite.RETENIR_VERSION and ancienne is not None and ancienne.paiements != lot.sorte.paiements(pousse):
        return "mis_a_jour"
    return _STATUTS[suite]
