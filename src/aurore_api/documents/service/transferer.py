"""Transfer: lines, whole or in part, from one or several documents into a following one, all or nothing (TRF-01)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from aurore_api.catalogue.service import pour_documents
from aurore_api.documents import requetes_credits, tiers
from aurore_api.documents.credit import service as credit
from aurore_api.documents.erreurs import (
    CibleIncomplete,
    ClientsDifferents,
    DocumentAbsent,
    DocumentsNonJoignables,
    FournisseursDifferents,
    SourceRepetee,
    feuilles,
)
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.schemas import SourceEntree, TransfertEntree
from aurore_api.documents.service import entete, heure_limite, montants, retours
from aurore_api.documents.service.chargement import Ouvert, ouvrir_tous
from aurore_api.documents.service.chiffrage import crediter_les_frais
from aurore_api.documents.service.creer import enregistrer_nouveau
from aurore_api.documents.service.facturation import facturation_des_sources
from aurore_api.documents.service.liens import noter_sources, tolerance
from aurore_api.documents.service.modifier import changer_entete, enregistrer
from aurore_api.documents.service.prises import Derriere, Prise, depassements, nouvelles_lignes, recalculer
from aurore_api.documents.service.retours import facturees, rendre_les_frais
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import Document
from aurore_api.documents.vue import situation_de
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.integrite import traduire
from aurore_api.tables import service as tables
from aurore_domain.actions import Action, exiger, exiger_etape
from aurore_domain.cycle import Etat, Nature, TypeDocument, regle
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.retours import RefacturationImpossible
from aurore_domain.tiers import est_achat
from aurore_domain.transfert import LigneDemandee, Selection, partager


async def transferer(ctx: Contexte, entree: TransfertEntree) -> DocumentSortie:
    """Move lines into a new or an existing document, in one transaction.

    Raises:
        CibleIncomplete, SourceRepetee, DocumentAbsent: the request contradicts itself or names what is not there.
        ClientsDifferents, FournisseursDifferents, DocumentsNonJoignables: the documents cannot be joined (TRF-04).
        ClientNonFacturable: no facture for a client that is to be completed first (CLI-13).
        EtatInterdit: the lifecycle table does not allow the step now.
        QuantiteDepassee: more than is left, beyond the tolerance (TRF-03); of a facture, than can be credited.
        HeureLimiteDepassee: it is too late for a delivery day of a commande (CLI-11).
        StockNegatifInterdit: goods leave that are not there (MVT-07).
        LimiteCreditDepassee: the client would owe more than it may (DOC-20).
    """
    cible, sources, lies = await _verrouiller(ctx, entree)
    reglages = await parametres.lire(ctx)
    genre = cible.document.type if cible else TypeDocument(entree.cible.type or "")
    if cible is not None:
        _exiger_modifiable(cible)
    modele = cible.document if cible else sources[0].document
    facturations = await facturation_des_sources(
        ctx, genre, {un.tiers for un in (modele, *(une.document for une in sources))}
    )
    payeurs = {numero: une.payeur for numero, une in facturations.items()}
    numero = modele.tiers if cible else payeurs.get(modele.tiers, modele.tiers)
    _verifier_joignables(modele, numero, [un.document for un in sources], payeurs)
    prises = await _prendre(ctx, entree, sources, genre, reglages)
    partagees = sum(len(une.parts) for une in prises)
    etabli = await _cible(ctx, entree, cible, sources, genre, reglages, numero, partagees)
    presentes, saisis = cible.lignes if cible else [], entree.cible.model_fields_set
    derriere = Derriere({un.document.id: un for un in lies}, facturees([*sources, *lies]), entree.refacturer)
    lignes = nouvelles_lignes(etabli.document, prises, presentes, saisis, derriere)
    if entree.refacturer and not any(une.refacture for une in lignes):
        raise RefacturationImpossible(pointeur="#/refacturer")
    heure_limite.verifier_tout(ctx, etabli, lignes, pointeur="#/cible/date_livraison_prevue")
    donneurs = [(une.source.document, une.nature) for une in prises]
    montants.deplacer(etabli.document, donneurs, frais_saisis=entree.cible.montant_livraison is not None)
    touches = (*sources, *lies)
    if entree.refacturer:
        rendre_les_frais(lies, sources)
    await noter_sources(ctx, {un.document.id: un for un in touches})
    with _dans_la_demande():
        if entree.cible.montant_livraison is None:
            await crediter_les_frais(ctx, etabli.document, [*presentes, *lignes], {une.credite for une in lignes})
        if entree.recalculer_prix:
            await recalculer(ctx, etabli, lignes)
        if cible is None:
            sortie = await enregistrer_nouveau(ctx, etabli, lignes, sources=touches)
        else:
            ctx.session.add_all(lignes)
            cible.lignes.extend(lignes)
            sortie = await enregistrer(ctx, cible, etabli, sources=touches)
    sortie.avertissements += depassements(ctx, sortie, prises)
    return sortie


def _exiger_modifiable(cible: Ouvert) -> None:
    try:
        exiger(Action.MODIFIER, situation_de(cible.document, cible.lignes))
    except ErreurAurore as erreur:
        erreur.pointeur = "#/cible/document"
        raise


@contextmanager
def _dans_la_demande() -> Iterator[None]:
    """Let what is refused of the target name the field of the request: its header, or what the sources bring."""
    try:
        yield
    except IntegrityError as erreur:
        raise traduire(erreur).sous("#/cible") from erreur
    except ErreurAurore as erreur:
        for une in feuilles(erreur):
            if une.pointeur is not None:
                une.pointeur = "#/cible/date" if une.pointeur == "#/date" else "#/sources"
        raise


async def _verrouiller(ctx: Contexte, entree: TransfertEntree) -> tuple[Ouvert | None, list[Ouvert], list[Ouvert]]:
    """Lock every document of the transfer, by id, and load their lines: the target, the sources, what is behind them.

    Behind returns and credits are the other documents of the same goods (TRF-10).
    """
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
    lies = await _lies(ctx, entree.cible.type, vise, voulus) - vus
    documents = await ouvrir_tous(ctx, {*voulus, *([vise] if vise else []), *lies}, credites_par=vise)
    lever(
        [
            DocumentAbsent(pointeur=f"#/sources/{rang}/document", ressource="document", cle=str(identifiant))
            for rang, identifiant in enumerate(voulus)
            if identifiant not in documents
        ]
    )
    if vise and vise not in documents:
        raise DocumentAbsent(pointeur="#/cible/document", ressource="document", cle=str(vise))
    return (documents[vise] if vise else None), [documents[un] for un in voulus], [documents[un] for un in lies]


async def _lies(ctx: Contexte, genre: str | None, vise: UUID | None, sources: Sequence[UUID]) -> set[UUID]:
    voulu = genre or (await requetes_credits.type_de(ctx, vise) if vise else None)
    if voulu is None or regle(voulu).signe > 0:
        return set()
    return await requetes_credits.documents_lies(ctx, sources)


def _verifier_joignables(
    modele: Document, numero: str, documents: Sequence[Document], payeurs: Mapping[str, str]
) -> None:
    """Hold the sources together: of the target's client, or for a facture of clients that it pays for (TRF-04)."""
    erreurs: list[ErreurAurore] = []
    for rang, document in enumerate(documents):
        pointeur = f"#/sources/{rang}/document"
        if numero not in {document.tiers, payeurs.get(document.tiers)}:
            erreurs.append(_tiers_differents(document, numero, pointeur))
        elif (document.prix_tvac, document.categorie_tva) != (modele.prix_tvac, modele.categorie_tva):
            erreurs.append(DocumentsNonJoignables(pointeur=pointeur))
    lever(erreurs)


def _tiers_differents(document: Document, attendu: str, pointeur: str) -> ErreurAurore:
    if est_achat(document.type):
        return FournisseursDifferents(pointeur=pointeur, fournisseur=document.tiers, attendu=attendu)
    return ClientsDifferents(pointeur=pointeur, client=document.tiers, attendu=attendu)


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
    retenues = await _retenues(ctx, sources, genre, refacturer=entree.refacturer)
    erreurs: list[ErreurAurore] = []
    prises: list[Prise] = []
    for rang, (demande, source) in enumerate(zip(entree.sources, sources, strict=True)):
        pointeur = f"#/sources/{rang}"
        permise = tolerance(articles, reglages, source.document.type, source.lignes, depassement=entree.depassement)
        tenues = {une.ordre: retenues[une.id] for une in source.lignes if une.id in retenues}
        try:
            nature = exiger_etape(situation_de(source.document, source.lignes), genre)
            parts = partager(
                source.lignes,
                selection(demande),
                nature=nature,
                tolerance=permise,
                retenues=tenues,
                pointeur=pointeur,
            )
        except ErreurAurore as erreur:
            for une in feuilles(erreur):
                une.pointeur = une.pointeur or f"{pointeur}/document"
            erreurs.extend(feuilles(erreur))
            continue
        prises.append(Prise(source, nature, parts))
    lever(erreurs)
    return prises


async def _retenues(
    ctx: Contexte, sources: Sequence[Ouvert], genre: TypeDocument, *, refacturer: bool
) -> dict[UUID, Decimal]:
    """What returns and credits leave alone, in a constant number of statements (TRF-10).

    What is invoiced again is credited again by its retours then.
    """
    tenues: dict[UUID, Decimal] = {}
    for nature in () if refacturer else (Nature.CREDIT, Nature.REFERENCE):
        lignes = [une for un in sources if regle(un.document.type).vers.get(genre) is nature for une in un.lignes]
        tenues |= await retours.retenues(ctx, lignes, nature) if lignes else {}
    return tenues


def selection(demande: SourceEntree) -> Selection:
    """What is asked of one source, as the domain reads it."""
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
    numero: str,
    lignes_partagees: int,
) -> Etabli:
    """The target's header: the existing one, or a new one with the first source's defaults (TRF-04)."""
    autre = await tiers.charger(ctx, genre, numero, retenir=True, pointeur="#/sources/0/document")
    document = cible.document if cible else _nouveau(ctx, [une.document for une in sources], genre, reglages)
    if document.tiers != numero:
        for nom, valeur in tiers.colonnes(autre).items():
            setattr(document, nom, valeur)
    referentiel = await tables.referentiel(ctx)
    surveillance = await credit.surveiller(ctx, autre, genre, referentiel.escomptes, lignes_partagees=lignes_partagees)
    etabli = Etabli(document, autre, reglages, referentiel, surveillance)
    try:
        if cible is None:
            entete.poser(document, entree.cible, autre)
            entete.verifier_references(document, etabli.referentiel)
            await entete.verifier_date(ctx, document.date, reglages)
        else:
            await changer_entete(ctx, cible, etabli, entree.cible)
    except ErreurAurore as erreur:
        for une in feuilles(erreur):
            une.sous("#/cible")
        raise
    if cible is None and regle(genre).commande:
        document.date_commande = document.date
    return etabli


def _nouveau(ctx: Contexte, sources: Sequence[Document], genre: TypeDocument, reglages: ParametresSortie) -> Document:
    source = sources[0]
    document = Document(
        id=uuid7(),
        type=genre,
        etat=Etat.EN_ATTENTE,
        date=ctx.aujourd_hui,
        cree_le=ctx.maintenant,
        impression_directe=reglages.impression_directe,
        **{nom: getattr(source, nom) for nom in entete.DE_LA_SOURCE},
    )
    if len({(une.magasin, une.reference_magasin) for une in sources}) > 1:
        document.magasin = document.reference_magasin = None  # it is of no till order in particular
    return document
