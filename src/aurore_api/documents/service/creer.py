"""Create a document: header and all lines in one request (DOC-13)."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm.attributes import set_committed_value
from uuid_utils.compat import uuid7

from aurore_api.documents import tiers
from aurore_api.documents.credit import service as credit
from aurore_api.documents.saisie import Etabli, construire
from aurore_api.documents.schemas import DocumentEntree
from aurore_api.documents.service import acomptes, chiffrage, entete, heure_limite, stocks
from aurore_api.documents.service.avertir import avertissements
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.service.facturation import exiger_servi
from aurore_api.documents.service.imprimer import imprimer_ouvert
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.vue import vers_sortie
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.bloc import inserer_ensemble, suivre
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import ecrit, evenement
from aurore_api.tables import service as tables
from aurore_domain.cycle import Etat, regle
from aurore_domain.tiers import est_achat, tiers_du_document


async def creer(ctx: Contexte, entree: DocumentEntree, *, retard: heure_limite.Regime = "exiger") -> DocumentSortie:
    """Make a document; with `impression_directe` it is numbered and printed in the same transaction (DOC-22).

    `retard` says what becomes of a commande that comes after its cut-off (CLI-11).

    Raises:
        LimiteCreditDepassee: the client would owe more than it may (DOC-20).
        ErreurAurore: what `saisie.construire`, `calcul.calculer` and `entete` refuse; nothing is stored then.
    """
    numero = tiers_du_document(entree.type, client=entree.client, fournisseur=entree.fournisseur)
    tiers.verifier_en_tete(entree.type, entree, {"prix_tvac": entree.prix_tvac})
    autre = await tiers.charger(ctx, entree.type, numero, retenir=True)
    exiger_servi(autre, entree.type)
    reglages, referentiel = await parametres.lire(ctx), await tables.referentiel(ctx)
    document = Document(
        id=uuid7(),
        type=entree.type,
        etat=Etat.EN_ATTENTE,
        date=ctx.aujourd_hui,
        prix_tvac=_prix_tvac(entree, reglages),
        cree_le=ctx.maintenant,
        **tiers.colonnes(autre),
        **entete.valeurs_par_defaut(autre, reglages, entree.type),
    )
    surveillance = await credit.surveiller(ctx, autre, document.type, referentiel.escomptes)
    etabli = Etabli(document, autre, reglages, referentiel, surveillance)
    entete.poser(document, entree, autre)
    entete.attendre(document, autre, entree)
    entete.verifier_references(document, etabli.referentiel)
    entete.frais_de_livraison(document, entree, etabli.referentiel)
    await entete.verifier_date(ctx, document.date, reglages)
    if regle(document.type).commande:
        document.date_commande = document.date
    lignes = await construire(ctx, etabli, entree.lignes)
    heure_limite.verifier_tout(ctx, etabli, lignes, retard)
    acomptes.poser(ctx, etabli, entree.acomptes)
    sortie = await enregistrer_nouveau(ctx, etabli, lignes)
    if entree.acomptes:
        acomptes.verifier(document)
    return sortie


def _prix_tvac(entree: DocumentEntree, reglages: ParametresSortie) -> bool:
    """Whether prices include VAT: as it is said, else as the société sells; what is bought has prices without."""
    if entree.prix_tvac is not None:
        return entree.prix_tvac
    return reglages.prix_tvac_defaut and not est_achat(entree.type)


async def enregistrer_nouveau(
    ctx: Contexte, etabli: Etabli, nouvelles: Sequence[LigneDocument], *, sources: Collection[Ouvert] = ()
) -> DocumentSortie:
    """Compute, store and journal a new document, settle the stock of it and of its sources, as they are now.

    Number and print it if its header says so. Raises `StockNegatifInterdit` (MVT-07).
    """
    document = etabli.document
    lignes = sorted(nouvelles, key=lambda une: une.ordre)
    pris = await chiffrage.chiffrer(ctx, etabli, lignes)
    document.recherche = entete.texte_de_recherche(document, etabli.tiers)
    sortie = vers_sortie(document, lignes)
    cree = evenement(ctx, "document", str(document.id), "creation", None, ecrit(sortie))
    await inserer_ensemble(ctx, [document], lignes, document.acomptes, [cree])
    await chiffrage.garder(ctx, document, pris, nouveau=True)
    averti = await avertissements(ctx, etabli, lignes)
    bilan = await stocks.tenir(
        ctx, etabli.parametres, document, lignes, sources=sources, substituts=etabli.substituts, nouveau=True
    )
    if document.impression_directe:
        deposes = list(document.acomptes)
        for ligne in (*deposes, document):
            suivre(ctx, ligne)
        # None at all would be looked up, where nothing may be awaited.
        set_committed_value(document, "acomptes", deposes)
        await imprimer_ouvert(ctx, etabli, list(lignes), forcer_chronologie=False)
        sortie = vers_sortie(document, lignes)
    ctx.servir_version(document.version)
    sortie.avertissements, sortie.stock = [*averti, *bilan.avertissements], bilan.niveaux
    return sortie
