"""What returns and credits may take of their sources, and which facture's line a retour is credited on (TRF-10)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from aurore_api.documents import requetes_credits
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.tables import LigneDocument
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Nature, TypeDocument
from aurore_domain.montants import ZERO, exact
from aurore_domain.retours import Biens, RetourNonFacture, retenue_de_credit, retenue_de_retour
from aurore_domain.transfert import Part
from aurore_domain.unites import vers_supplementaire

REPRIS = ("code_tva", "categorie", "taux_tva", "taxe", "taxes_copiees", "imputation")
"""What a line that comes by a retour has of the facture's line that it credits (CAL-07)."""


async def retenues(ctx: Contexte, lignes: Iterable[LigneDocument], nature: Nature) -> Mapping[UUID, Decimal]:
    """How much of each line is kept back from returns or credits, by id; quantities below 0 never come back."""
    if nature not in {Nature.CREDIT, Nature.REFERENCE}:
        return {}
    voulues = [une for une in lignes if une.quantite is not None and une.quantite > 0]
    par_origine = await requetes_credits.lignes_livrees(ctx, {une.origine for une in voulues if une.origine})
    racines = {une.id: par_origine.get(une.origine or une.id, une) for une in voulues}
    freres: dict[UUID, list[LigneDocument]] = defaultdict(list)
    for une in await requetes_credits.suites(ctx, {une.id for une in racines.values()}):
        if une.origine is not None:
            freres[une.origine].append(une)
    familles = {un.id: freres.get(un.id, []) for un in racines.values()}
    toutes = {une.id for siennes in familles.values() for une in siennes} | {une.id for une in voulues}
    if nature is Nature.CREDIT:
        en_retour = await requetes_credits.retours_en_cours(ctx, toutes | familles.keys())
        return {une.id: _de_credit(une, racines[une.id], familles[racines[une.id].id], en_retour) for une in voulues}
    credites = await requetes_credits.credits_directs(ctx, toutes, refacture=False)
    refactures = await requetes_credits.credits_directs(ctx, toutes, refacture=True)
    return {
        une.id: _de_retour(une, racines[une.id], familles[racines[une.id].id], credites, refactures) for une in voulues
    }


@exact
def _de_credit(
    ligne: LigneDocument, racine: LigneDocument, famille: Sequence[LigneDocument], en_retour: Mapping[UUID, Decimal]
) -> Decimal:
    propre = en_retour.get(ligne.id, ZERO)
    if racine.id == ligne.id:
        return retenue_de_credit(propre, None)
    ailleurs = [_a_crediter(une) - en_retour.get(une.id, ZERO) for une in famille if une.id != ligne.id]
    biens = Biens(
        livree=racine.quantite or ZERO,
        retournee=ZERO,
        creditee_directement=ZERO,
        en_retour=en_retour.get(racine.id, ZERO),
        a_crediter=sum((max(un, ZERO) for un in ailleurs), ZERO),
    )
    return retenue_de_credit(propre, biens)


@exact
def _de_retour(
    ligne: LigneDocument,
    racine: LigneDocument,
    famille: Sequence[LigneDocument],
    credites: Mapping[UUID, Decimal],
    refactures: Mapping[UUID, Decimal],
) -> Decimal:
    membres = {une.id: une for une in (racine, *famille, ligne)}.values()
    biens = Biens(
        livree=racine.quantite or ZERO,
        retournee=sum((une.quantite_retournee for une in membres), ZERO),
        creditee_directement=sum((credites.get(une.id, ZERO) for une in membres), ZERO),
    )
    directement = credites.get(ligne.id, ZERO) + refactures.get(ligne.id, ZERO)
    return retenue_de_retour(ligne.quantite or ZERO, ligne.quantite_retournee, directement, biens)


@exact
def _a_crediter(ligne: LigneDocument) -> Decimal:
    return (ligne.quantite or ZERO) - ligne.quantite_transferee


def facturees(ouverts: Iterable[Ouvert]) -> Mapping[UUID, Sequence[LigneDocument]]:
    """The lines of numbered factures, by their own id and by that of the line that they came from; latest last."""
    trouvees: dict[UUID, list[LigneDocument]] = defaultdict(list)
    for ouvert in sorted(ouverts, key=lambda un: (un.document.date, un.document.id)):
        if ouvert.document.type is TypeDocument.FACTURE and ouvert.document.numero is not None:
            for une in ouvert.lignes:
                trouvees[une.id].append(une)
                if une.origine is not None and une.nature is Nature.CONSOMME:
                    trouvees[une.origine].append(une)
    return trouvees


@exact
def imputer(retour: LigneDocument, part: Part, candidates: Sequence[LigneDocument]) -> list[tuple[Part, LigneDocument]]:
    """Spread what a retour's line gives over the factures' lines that invoiced its goods.

    Raises:
        RetourNonFacture: not all of it is invoiced, or left to credit.
    """
    voulue = part.quantite or ZERO
    parts: list[tuple[Part, LigneDocument]] = []
    reste, reste_commande = voulue, part.quantite_unite_commande
    for une in candidates:
        prise = min(reste, max(_a_crediter(une), ZERO))
        if prise <= 0:
            continue
        if prise == voulue:
            return [(part, une)]
        commande = reste_commande
        if reste_commande is not None and retour.conversion is not None and prise < reste:
            commande = min(vers_supplementaire(prise, retour.conversion), reste_commande)
        parts.append((replace(part, quantite=prise, quantite_unite_commande=commande, saisie="base"), une))
        reste -= prise
        reste_commande = None if reste_commande is None or commande is None else reste_commande - commande
        if not reste:
            return parts
    raise RetourNonFacture(pointeur="#/quantite", ordre=retour.ordre, demandee=voulue, maximum=voulue - reste)


def exiger_de_la_facture(ligne: LigneDocument, facturee: LigneDocument | None) -> None:
    """Hold a line of a note against what its facture's line has left without it. Raises `RetourNonFacture`."""
    if facturee is None or facturee.id == ligne.origine:
        return
    if abs(ligne.quantite or ZERO) > abs(_a_crediter(facturee)):
        maximum = _a_crediter(facturee)
        raise RetourNonFacture(pointeur="#/quantite", ordre=ligne.ordre, demandee=ligne.quantite, maximum=maximum)


def reprendre_de_la_facture(ligne: LigneDocument, facturee: LigneDocument, origine: LigneDocument | None) -> None:
    """Credit at the facture's rates; at its price too, unless the retour was given another than its goods had."""
    for nom in REPRIS:
        setattr(ligne, nom, getattr(facturee, nom))
    ligne.taux_fige = facturee.code_tva is not None
    if origine is None or (ligne.prix, ligne.remise) == (origine.prix, origine.remise):
        ligne.prix, ligne.remise = facturee.prix, facturee.remise


def rendre_les_frais(lies: Sequence[Ouvert], sources: Sequence[Ouvert]) -> None:
    """Let what is invoiced again bring its charges again, where the facture that had them is credited whole."""
    for facture in sources:
        entiere = all(abs(une.quantite_transferee) >= abs(une.quantite or ZERO) for une in facture.lignes)
        for ouvert in lies if entiere else ():
            if ouvert.document.frais_transferes_vers == facture.document.id:
                ouvert.document.frais_transferes_vers = None
