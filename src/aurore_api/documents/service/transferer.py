"""Transfer: lines, whole or in part, from one or several documents into a following one, all or nothing (TRF-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from uuid_utils.compat import uuid7

from aurore_api.catalogue.service import pour_documents
from aurore_api.clients import service as clients
from aurore_api.documents import requetes
from aurore_api.documents.erreurs import (
    CibleIncomplete,
    ClientInconnu,
    ClientsDifferents,
    DocumentAbsent,
    DocumentsNonJoignables,
    SourceRepetee,
)
from aurore_api.documents.saisie import Etabli, poser_prix
from aurore_api.documents.schemas import SourceEntree, TransfertEntree
from aurore_api.documents.service import entete
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.service.creer import enregistrer_nouveau
from aurore_api.documents.service.liens import RIEN, Quantites, noter_sources, prendre
from aurore_api.documents.service.modifier import enregistrer
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.vue import situation_de, vers_sortie
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import ecrit
from aurore_api.tables import service as tables
from aurore_domain.actions import Action, exiger, exiger_etape
from aurore_domain.cycle import Etat, Nature, TypeDocument, regle
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.lignes import ordre_suivant
from aurore_domain.transfert import LigneDemandee, Part, Selection, Tolerance, partager

_COPIES = (
    "client",
    "client_copie",
    "adresse_livraison",
    "vos_references",
    "contact",
    "remarque_interne",
    "date_livraison_prevue",
    "representant",
    "code_statistique",
    "profil",
    "categorie_tva",
    "prix_tvac",
    "echeance",
    "escompte",
    "depot",
    "textes",
    "mode_livraison",
    "colis",
    "palettes",
    "tournee",
    "ordre_tournee",
    "mode_paiement",
    "iban_domiciliation",
    "date_commande",
)
"""What a following document takes of its first source (TRF-04); header amounts go along apart, once."""
_LIGNE_NEUVE = frozenset(
    {
        "id",
        "document",
        "ordre",
        "quantite",
        "quantite_unite_commande",
        "saisie",
        "origine",
        "nature",
        "taux_fige",
        "quantite_transferee",
        "quantite_unite_commande_transferee",
        "quantite_retournee",
    }
)


@dataclass(slots=True)
class Prise:
    """What is taken of one source, and by which step."""

    source: Ouvert
    nature: Nature
    parts: tuple[Part, ...]


async def transferer(ctx: Contexte, entree: TransfertEntree) -> DocumentSortie:
    """Move lines into a new or an existing document, in one transaction.

    Raises:
        CibleIncomplete, SourceRepetee, DocumentAbsent: the request contradicts itself or names what is not there.
        ClientsDifferents, DocumentsNonJoignables: the documents cannot be joined (TRF-04).
        EtatInterdit: the lifecycle table does not allow the step now.
        QuantiteDepassee: more than is left, beyond the tolerance (TRF-03).
    """
    cible, sources = await _verrouiller(ctx, entree)
    reglages = await parametres.lire(ctx)
    genre = cible.document.type if cible else TypeDocument(entree.cible.type or "")
    if cible is not None:
        exiger(Action.MODIFIER, situation_de(cible.document, cible.lignes))
    _verifier_joignables(cible.document if cible else sources[0].document, [un.document for un in sources])
    prises = await _prendre(ctx, entree, sources, genre, reglages)
    etabli = await _cible(ctx, entree, cible, sources, genre, reglages)
    lignes = _lignes(etabli.document, prises, cible.lignes if cible else [])
    if entree.recalculer_prix:
        await _recalculer(ctx, etabli, lignes)
    for prise in prises:
        _deplacer_frais(etabli.document, prise)
    if cible is None:
        sortie = await enregistrer_nouveau(ctx, etabli, lignes)
    else:
        ctx.session.add_all(lignes)
        cible.lignes.extend(lignes)
        sortie = await enregistrer(ctx, cible, etabli)
    await noter_sources(ctx, {un.document.id: un for un in sources})
    return sortie


async def _verrouiller(ctx: Contexte, entree: TransfertEntree) -> tuple[Ouvert | None, list[Ouvert]]:
    """Lock every document of the transfer, by id, and load their lines, in two statements."""
    if (entree.cible.type is None) == (entree.cible.document is None):
        raise CibleIncomplete(pointeur="#/cible")
    voulus = [UUID(une.document) for une in entree.sources]
    vise = UUID(entree.cible.document) if entree.cible.document else None
    vus: set[UUID | None] = {vise}
    erreurs: list[ErreurAurore] = []
    for rang, identifiant in enumerate(voulus):
        if identifiant in vus:
            erreurs.append(SourceRepetee(pointeur=f"#/sources/{rang}/document"))
        vus.add(identifiant)
    lever(erreurs)
    tous = {*voulus, *([vise] if vise else [])}
    documents = await requetes.verrouiller(ctx, tous)
    lever(
        [
            DocumentAbsent(pointeur=f"#/sources/{rang}/document", ressource="document", cle=str(identifiant))
            for rang, identifiant in enumerate(voulus)
            if identifiant not in documents
        ]
    )
    if vise and vise not in documents:
        raise DocumentAbsent(pointeur="#/cible/document", ressource="document", cle=str(vise))
    lignes = await requetes.lignes(ctx, tous)

    def ouvert(identifiant: UUID) -> Ouvert:
        document, siennes = documents[identifiant], lignes[identifiant]
        return Ouvert(document, siennes, ecrit(vers_sortie(document, siennes)))

    return (ouvert(vise) if vise else None), [ouvert(un) for un in voulus]


def _verifier_joignables(modele: Document, documents: Sequence[Document]) -> None:
    erreurs: list[ErreurAurore] = []
    for rang, document in enumerate(documents):
        pointeur = f"#/sources/{rang}/document"
        if document.client != modele.client:
            erreurs.append(ClientsDifferents(pointeur=pointeur, client=document.client, attendu=modele.client))
        elif (document.prix_tvac, document.categorie_tva) != (modele.prix_tvac, modele.categorie_tva):
            erreurs.append(DocumentsNonJoignables(pointeur=pointeur))
    lever(erreurs)


async def _prendre(
    ctx: Contexte,
    entree: TransfertEntree,
    sources: Sequence[Ouvert],
    genre: TypeDocument,
    reglages: ParametresSortie,
) -> list[Prise]:
    """Settle what goes of every source; all refusals are told together."""
    numeros = {une.article for source in sources for une in source.lignes if une.article}
    articles = await pour_documents(ctx, numeros, tarif=None, code_libelle=None) if numeros else {}
    erreurs: list[ErreurAurore] = []
    prises: list[Prise] = []
    for rang, (demande, source) in enumerate(zip(entree.sources, sources, strict=True)):
        pointeur = f"#/sources/{rang}"
        tolerance = Tolerance(
            societe=reglages.tolerance_depassement,
            par_ordre={
                une.ordre: propre
                for une in source.lignes
                if une.article in articles and (propre := articles[une.article].tolerance_depassement) is not None
            },
            depassement=entree.depassement,
        )
        try:
            nature = exiger_etape(situation_de(source.document, source.lignes), genre)
            parts = partager(source.lignes, _selection(demande), nature=nature, tolerance=tolerance, pointeur=pointeur)
        except ErreurAurore as erreur:
            feuilles = getattr(erreur, "erreurs", (erreur,))
            for une in feuilles:
                une.pointeur = une.pointeur or f"{pointeur}/document"
            erreurs.extend(feuilles)
            continue
        prises.append(Prise(source, nature, parts))
    lever(erreurs)
    return prises


def _selection(demande: SourceEntree) -> Selection:
    lignes = (
        None
        if demande.lignes is None
        else [LigneDemandee(une.ordre, une.quantite, une.quantite_unite_commande) for une in demande.lignes]
    )
    return Selection(ordre_debut=demande.ordre_debut, ordre_fin=demande.ordre_fin, lignes=lignes)


async def _cible(
    ctx: Contexte,
    entree: TransfertEntree,
    cible: Ouvert | None,
    sources: Sequence[Ouvert],
    genre: TypeDocument,
    reglages: ParametresSortie,
) -> Etabli:
    """The target's header: the existing one, or a new one with the first source's defaults (TRF-04)."""
    premiere = sources[0].document
    client = await clients.pour_document(ctx, premiere.client)
    if client is None:
        raise ClientInconnu(pointeur="#/sources/0/document", client=premiere.client)
    document = cible.document if cible else _nouveau(ctx, premiere, genre, reglages)
    etabli = Etabli(document, client, reglages, await tables.referentiel(ctx))
    if cible is None and genre is TypeDocument.COMMANDE:
        document.date_commande = entree.cible.date or document.date
    avant: date = document.date
    try:
        entete.poser(document, entree.cible, client)
        entete.verifier_references(document, etabli.referentiel)
        if cible is None or document.date != avant:
            await entete.verifier_date(ctx, document.date, reglages)
    except ErreurAurore as erreur:
        for une in getattr(erreur, "erreurs", (erreur,)):
            une.pointeur = f"#/cible{(une.pointeur or '#').removeprefix('#')}"
        raise
    return etabli


def _nouveau(ctx: Contexte, source: Document, genre: TypeDocument, reglages: ParametresSortie) -> Document:
    return Document(
        id=uuid7(),
        type=genre,
        etat=Etat.EN_ATTENTE,
        date=ctx.aujourd_hui,
        cree_le=ctx.maintenant,
        impression_directe=reglages.impression_directe,
        **{nom: getattr(source, nom) for nom in _COPIES},
    )


def _lignes(document: Document, prises: Sequence[Prise], presentes: Sequence[LigneDocument]) -> list[LigneDocument]:
    """The target's new lines, each knowing its origin; a single source keeps its `ordre` in a new document."""
    garder_ordre = len(prises) == 1 and not presentes
    ordres = [une.ordre for une in presentes]
    lignes: list[LigneDocument] = []
    for prise in prises:
        par_ordre = {une.ordre: une for une in prise.source.lignes}
        for part in prise.parts:
            source = par_ordre[part.ordre]
            ordre = part.ordre if garder_ordre else ordre_suivant(ordres)
            ordres.append(ordre)
            ligne = _ligne(document, source, part, prise.nature, ordre)
            prendre(source, prise.nature, RIEN, Quantites.de(ligne))
            lignes.append(ligne)
    return lignes


def _ligne(document: Document, source: LigneDocument, part: Part, nature: Nature, ordre: int) -> LigneDocument:
    """A line as its source has it: price, discount, texts and all; only quantities are its own (TRF-04)."""
    champs = {nom: getattr(source, nom) for nom in LigneDocument.model_fields if nom not in _LIGNE_NEUVE}
    correction = regle(document.type).signe < 0
    return LigneDocument(
        **champs
        | {
            "id": uuid7(),
            "document": document.id,
            "ordre": ordre,
            "quantite": part.quantite,
            "quantite_unite_commande": part.quantite_unite_commande,
            "saisie": part.saisie,
            "origine": source.id,
            "nature": nature,
            "regle_prix": None if source.regle_prix is None else "saisi",
            "remise_saisie": True,
            # A retour or note de crédit keeps the rates of what it corrects, whatever holds today (CAL-07).
            "taux_fige": source.taux_fige or (correction and source.code_tva is not None),
        }
    )


async def _recalculer(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument]) -> None:
    """Give articles the prices of today instead of their source's, when that was asked for (TRF-04)."""
    numeros = {une.article for une in lignes if une.article}
    client = etabli.client
    articles = await pour_documents(ctx, numeros, tarif=client.tarif, code_libelle=client.code_libelle)
    for ligne in lignes:
        if ligne.article in articles:
            poser_prix(ligne, etabli, articles[ligne.article], prix=None, remise=None)


def _deplacer_frais(document: Document, prise: Prise) -> None:
    """Header amounts go along once, with the first transfer that takes goods, and add up where documents join."""
    source = prise.source.document
    if prise.nature is Nature.COPIE:
        document.montant_livraison = (document.montant_livraison or Decimal(0)) + source.montant_livraison
    elif prise.nature is Nature.CONSOMME and source.frais_transferes_vers is None and source.montant_livraison:
        document.montant_livraison = (document.montant_livraison or Decimal(0)) + source.montant_livraison
        source.frais_transferes_vers = document.id
