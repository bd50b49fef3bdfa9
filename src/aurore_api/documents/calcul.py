"""Totals of a document's rows: treatments, amounts, weight, due date, computed by the domain and kept in the rows."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from aurore_api.documents.erreurs import MontantTropGrand, QuantiteTropGrande
from aurore_api.documents.sorties import GroupeSortie, TotauxSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.taxes import chiffrer, choisir
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.tables.service import Referentiel
from aurore_domain.a_crediter import ACrediter, Credit
from aurore_domain.credits import totaliser_credit
from aurore_domain.echeances import date_echeance
from aurore_domain.groupes_tva import Charge
from aurore_domain.montants import ZERO, arrondir, exact
from aurore_domain.totaux import Escompte, Totaux, totaliser
from aurore_domain.tva import TauxInconnu, Traitement

MONTANT_MAX = Decimal(10) ** 12
PRIX_MAX = Decimal(10) ** 10
POIDS_MAX = Decimal(10) ** 9


@exact
def calculer(
    document: Document,
    lignes: Sequence[LigneDocument],
    referentiel: Referentiel,
    parametres: ParametresSortie,
    credite: ACrediter | None = None,
) -> Sequence[Credit]:
    """Compute everything again and write it into the rows (CAL-05 to CAL-11, DOC-13).

    `credite` is what the lines credit of factures; returns what they take of them (CAL-15).

    Raises:
        CreditDepasse, FraisCreditesDepasses: more than the factures have left.
        MontantTropGrand: an amount does not fit.
        TauxInconnu: a VAT code has no rate on the document's date.
    """
    for ligne in lignes:
        if ligne.code_tva is not None and not ligne.taux_fige:
            traitement = _traitement(ligne.code_tva, document, referentiel, consigne=ligne.vidange)
            ligne.categorie, ligne.taux_tva = traitement.categorie, traitement.taux
            _choisir_taxes(ligne, document, referentiel)
    connu = referentiel.escomptes.get(document.escompte) if document.escompte else None
    escompte = Escompte(connu.genre, connu.pourcentage) if connu else None
    pris: Sequence[Credit] = ()
    if credite is None:
        totaux = _totaliser(document, lignes, referentiel, parametres, escompte)
    else:
        totaux, pris = totaliser_credit(
            lignes,
            [credite.lignes.get(une.id) for une in lignes],
            credite.factures,
            prix_tvac=document.prix_tvac,
            frais=document.montant_livraison,
            escompte=escompte,
        )
    _ecrire(document, lignes, totaux)
    _peser(document, lignes)
    echeance = referentiel.echeances.get(document.echeance) if document.echeance else None
    document.date_echeance = date_echeance(document.date, echeance) if echeance else None
    return pris


def _totaliser(
    document: Document,
    lignes: Sequence[LigneDocument],
    referentiel: Referentiel,
    parametres: ParametresSortie,
    escompte: Escompte | None,
) -> Totaux:
    return totaliser(
        lignes,
        prix_tvac=document.prix_tvac,
        charges=_charges(document, referentiel),
        escompte=escompte,
        acomptes=[un.montant for un in document.acomptes],
        # Looked up only where it can serve: nobody is stopped by the rate of a code that is not used.
        traitement_par_defaut=_traitement(parametres.code_tva_defaut, document, referentiel)
        if document.montant_livraison
        else None,
    )


def _choisir_taxes(ligne: LigneDocument, document: Document, referentiel: Referentiel) -> None:
    """Charge a flagged line the taxes of the document's VAT category (CAL-06, CAL-09)."""
    if not ligne.taxes_copiees:
        return
    ligne.taxes_copiees = choisir(
        ligne.taxes_copiees,
        document.categorie_tva if ligne.taxe else None,
        partial(_traitement, document=document, referentiel=referentiel),
        prix_tvac=document.prix_tvac,
    )
    if any(une.montant is not None and une.montant >= PRIX_MAX for une in ligne.taxes):
        raise MontantTropGrand(pointeur="#/lignes")


def _peser(document: Document, lignes: Sequence[LigneDocument]) -> None:
    poids = [ligne.quantite * ligne.poids_unitaire for ligne in lignes if ligne.quantite and ligne.poids_unitaire]
    total = arrondir(sum(poids, Decimal(0)), 6)
    if abs(total) >= POIDS_MAX:
        raise QuantiteTropGrande(pointeur="#/lignes")
    document.poids_calcule = total


def _traitement(code: str, document: Document, referentiel: Referentiel, *, consigne: bool = False) -> Traitement:
    """How an amount of a VAT code is taxed; a deposit that bears no VAT is exempt, not taxed at 0 % (PEP-05).

    Lines are checked when they are entered: a rate that is missing now is missing on the document's new date.
    """
    try:
        taux = referentiel.taux(code, document.date)
    except TauxInconnu as erreur:
        erreur.pointeur = "#/date"
        raise
    return referentiel.categories_tva[document.categorie_tva].traitement(taux, exonere=consigne and not taux)


def _charges(document: Document, referentiel: Referentiel) -> list[Charge]:
    """The delivery charge: in its mode's own VAT code if it states one, else it follows the goods (CAL-07)."""
    if not document.montant_livraison:
        return []
    mode = referentiel.modes_livraison.get(document.mode_livraison) if document.mode_livraison else None
    code = mode.code_tva if mode else None
    return [Charge(document.montant_livraison, _traitement(code, document, referentiel) if code else None)]


def _ecrire(document: Document, lignes: Sequence[LigneDocument], totaux: Totaux) -> None:
    montants = [totaux.tvac, totaux.htva, totaux.escompte, totaux.acomptes, totaux.solde]
    for un in totaux.par_taux:
        montants += [un.base, un.tva]
    for une in totaux.lignes:
        montants += [une.montant_htva, une.montant_tvac or ZERO, une.sous_total or ZERO]
        montants += [max(part.montant_htva, part.montant_tvac or ZERO) for part in une.taxes]
    if any(abs(un) >= MONTANT_MAX for un in montants):
        raise MontantTropGrand(pointeur="#/lignes")
    for ligne, totalisee in zip(lignes, totaux.lignes, strict=True):
        ligne.montant_htva = totalisee.montant_htva
        ligne.montant_tvac = totalisee.montant_tvac
        ligne.montant_sous_total = totalisee.sous_total
        if totalisee.taxes:
            ligne.taxes_copiees = chiffrer(ligne.taxes_copiees, totalisee.taxes)
    document.total_htva, document.total_tvac = totaux.htva, totaux.tvac
    document.totaux = TotauxSortie.model_construct(
        htva=totaux.htva,
        tva=totaux.tva,
        tvac=totaux.tvac,
        escompte=totaux.escompte,
        montant_du=totaux.montant_du,
        acomptes=totaux.acomptes,
        solde=totaux.solde,
        si_escompte=totaux.si_escompte,
        frais=document.montant_livraison,
        par_taux=[
            GroupeSortie.model_construct(categorie=un.categorie, taux=un.taux, base=un.base, tva=un.tva)
            for un in totaux.par_taux
        ],
    ).model_dump(mode="json")
