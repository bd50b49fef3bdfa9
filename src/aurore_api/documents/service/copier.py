"""Duplicate a document into a new one (DOC-15)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from aurore_api.documents import tiers
from aurore_api.documents.articles import articles_des_lignes
from aurore_api.documents.credit import service as credit
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.schemas import CopieEntree, EnTeteEntree, LigneEntree
from aurore_api.documents.service import entete
from aurore_api.documents.service.creer import enregistrer_nouveau
from aurore_api.documents.service.facturation import exiger_servi
from aurore_api.documents.service.lire import charger
from aurore_api.documents.service.prises import LIGNE_NEUVE, recalculer
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.tiers import Tiers
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.tables import service as tables
from aurore_domain.copies import verifier_copie
from aurore_domain.cycle import Etat, TypeDocument, regle
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.tiers import tiers_du_document

_DU_CLIENT = (
    "adresse_livraison",
    "vos_references",
    "contact",
    "remarque_interne",
    "representant",
    "code_statistique",
    "profil",
    "tarif",
    "remise",
    "categorie_tva",
    "echeance",
    "escompte",
    "mode_livraison",
    "montant_livraison",
    "tournee",
    "ordre_tournee",
    "mode_paiement",
    "iban_domiciliation",
)
"""What a copy for the same client takes of the header; for another, it has that client's own."""
_DES_BIENS = ("prix_tvac", "depot", "poids", "colis", "palettes")
"""What it takes whoever the client is."""


async def copier(ctx: Contexte, identifiant: UUID, entree: CopieEntree) -> DocumentSortie:
    """Make a document like another, in whatever state that is; the other is only read.

    Raises:
        DocumentAbsent: there is nothing to copy.
        CopieImpossible: a document of this type is not copied into one of that type.
        ClientInconnu, ClientInactif, ClientNonFacturable: no document is made for this client.
        FournisseurInconnu, FournisseurInactif, ClientHorsVente, FournisseurHorsAchat: nor for this supplier, or side.
        ArticleInactif, ArticleStatistiqueNonVendable: nothing new is sold under the article of a line.
        LimiteCreditDepassee: the client would owe more than it may (DOC-20).
    """
    source, lignes = await charger(ctx, identifiant)
    genre = TypeDocument(entree.type or source.type)
    verifier_copie(source.type, genre)
    autre = await _tiers(ctx, source, entree, genre)
    reglages, referentiel = await parametres.lire(ctx), await tables.referentiel(ctx)
    document = _en_tete(ctx, source, genre, autre, reglages)
    document.date = entree.date or ctx.aujourd_hui
    await entete.verifier_date(ctx, document.date, reglages)
    entete.attendre(document, autre, EnTeteEntree())
    if regle(genre).commande:
        document.date_commande = document.date
    surveillance = await credit.surveiller(ctx, autre, genre, referentiel.escomptes)
    etabli = Etabli(document, autre, reglages, referentiel, surveillance)
    if autre.numero != source.tiers:
        entete.frais_de_livraison(document, EnTeteEntree(), referentiel)
    copies = [_ligne(document, une) for une in lignes]
    await _verifier_articles(ctx, etabli, copies, source)
    if entree.recalculer_prix:
        await recalculer(ctx, etabli, copies)
    return await enregistrer_nouveau(ctx, etabli, copies)


async def _tiers(ctx: Contexte, source: Document, entree: CopieEntree, genre: TypeDocument) -> Tiers:
    """Who the copy is made for: whom the document is, unless another was named."""
    numero = tiers_du_document(
        genre, client=entree.client or source.client, fournisseur=entree.fournisseur or source.fournisseur
    )
    autre = await tiers.charger(ctx, genre, numero, retenir=True)
    exiger_servi(autre, genre)
    return autre


def _en_tete(
    ctx: Contexte, source: Document, genre: TypeDocument, autre: Tiers, reglages: ParametresSortie
) -> Document:
    """A header without number, links, deposits nor dates of delivery: those were of the other occasion."""
    valeurs: dict[str, Any] = entete.valeurs_par_defaut(autre, reglages, genre)
    repris = _DES_BIENS if autre.numero != source.tiers else (*_DES_BIENS, *_DU_CLIENT)
    valeurs |= {nom: getattr(source, nom) for nom in repris}
    if autre.numero == source.tiers and genre is source.type:
        valeurs["textes"] = source.textes
    return Document(
        id=uuid7(),
        type=genre,
        etat=Etat.EN_ATTENTE,
        date=ctx.aujourd_hui,
        cree_le=ctx.maintenant,
        **tiers.colonnes(autre),
        **valeurs,
    )


def _ligne(document: Document, source: LigneDocument) -> LigneDocument:
    """A line as it is, with its whole quantity and its agreed price, and nothing that came of it."""
    repris = LigneDocument.model_fields.keys() - LIGNE_NEUVE | {
        "ordre",
        "quantite",
        "quantite_unite_commande",
        "saisie",
    }
    return LigneDocument(
        **{nom: getattr(source, nom) for nom in repris}
        | {
            "id": uuid7(),
            "document": document.id,
            "date_livraison": None,
            "regle_prix": None if source.regle_prix is None else "saisi",
            "remise_saisie": True,
        }
    )


async def _verifier_articles(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument], source: Document) -> None:
    """Refuse articles that no new line may have, and note those that are replaced (ART-05, ART-08).

    Another supplier calls them by its own numbers (ART-17).
    """
    articles = [(une, LigneEntree(article=une.article)) for une in lignes if une.article is not None]
    connus = await articles_des_lignes(ctx, etabli.acheteur, etabli.referentiel, [entree for _, entree in articles])
    erreurs: list[ErreurAurore] = []
    for ligne, entree in articles:
        article = connus.choisir(entree)
        try:
            connus.exiger_vendable(article)
        except ErreurAurore as erreur:
            erreur.pointeur = "/id"
            erreurs.append(erreur)
        etabli.avis.extend(connus.avis(entree, article, ligne.ordre))
        if article.numero in connus.achats and etabli.tiers.numero != source.tiers:
            ligne.numero_article_fournisseur = connus.achats[article.numero].numero_article_fournisseur
    lever(erreurs)
