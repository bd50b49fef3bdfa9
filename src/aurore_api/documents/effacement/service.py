"""Erase as a job: one code path for dry run and run, a constant number of statements for each item (EFF-01, EFF-02)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col

from aurore_api.documents import requetes as des_documents
from aurore_api.documents.effacement import requetes
from aurore_api.documents.effacement.schemas import (
    LISTES_MAX,
    PAR_ETAPE,
    DocumentEfface,
    EffacementEntree,
    EffacementSortie,
    FiltreNumeros,
    Lot,
    NumeroEffaceSortie,
    ResultatEffacement,
)
from aurore_api.documents.erreurs import DocumentVerrouille, ExerciceRequis, NumerosInverses
from aurore_api.documents.service import back_order, stocks
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.service.liens import rendre_entre
from aurore_api.documents.tables import Document, NumeroEfface
from aurore_api.documents.vue import noms, resume, vers_sortie
from aurore_api.exercices import service as exercices
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue, RessourceAbsente
from aurore_api.socle.journal import consigner_en_bloc, ecrit
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.socle.portees import portee_de
from aurore_api.socle.textes import detail
from aurore_api.socle.travaux.genres import Etape, Genre, Issue, Objet, Plan
from aurore_api.travaux import service as travaux
from aurore_api.travaux.schemas import TravailSortie
from aurore_domain.cycle import Etat


async def demander(ctx: Contexte, demande: EffacementEntree) -> TravailSortie:
    """Ask for the erasing of annulled and blocked documents that lead nowhere; with flags of waiting ones too.

    Numbered factures and notes de crédit and what is posted stay by any path, and so does what another transaction
    holds: it is told, not waited for. Raises:
        ExerciceRequis, NumerosInverses, ReferenceInconnue: the range of numbers is none.
    """
    await _verifier(ctx, demande)
    return await travaux.demander(ctx, GENRE, demande, portee_de("effacer"))


async def simuler(ctx: Contexte, demande: EffacementEntree) -> EffacementSortie:
    """What erasing would answer. Raises the same."""
    return EffacementSortie.model_validate(await travaux.simuler(ctx, GENRE, demande))


async def _planifier(ctx: Contexte, demande: EffacementEntree) -> Plan:
    """Some documents at a time; those that stay are counted, and the first of them named."""
    await _verifier(ctx, demande)
    comptes = await requetes.comptes(ctx, demande)
    comptes.pop("efface", None)
    gardes = [_resultat(ctx, document, code) for document, code in await requetes.gardes(ctx, demande, LISTES_MAX)]
    voulus = [str(un) for un in await requetes.effacables(ctx, demande)]
    etapes = [
        Etape("documents", {"documents": voulus[debut : debut + PAR_ETAPE]})
        for debut in range(0, len(voulus), PAR_ETAPE)
    ]
    return Plan(etapes, Lot(comptes=comptes, effaces=[], gardes=gardes).model_dump(mode="json"))


async def _executer(ctx: Contexte, demande: EffacementEntree, etape: Etape) -> Objet:
    """Erase some documents: those that can be locked and still are to be erased."""
    voulus = [UUID(un) for un in etape.contenu["documents"]]
    pris = await _prendre(ctx, demande, voulus)
    tenus = [un for un in voulus if un not in pris]
    gardes = await des_documents.lire(ctx, tenus) if tenus else []
    comptes = {"efface": len(pris), DocumentVerrouille.code: len(tenus)}
    if pris:
        await _effacer(ctx, pris, demande.motif)
    lot = Lot(
        comptes={code: nombre for code, nombre in comptes.items() if nombre},
        effaces=[_resultat(ctx, un, "efface") for un in pris.values()],
        gardes=[_resultat(ctx, un, DocumentVerrouille.code) for un in gardes],
    )
    return lot.model_dump(mode="json")


async def _conclure(ctx: Contexte, demande: EffacementEntree, constat: Objet, issues: Sequence[Issue]) -> Objet:
    """All of it together, as `EffacementSortie` has it."""
    lots = [une.resultat for une in issues if une.resultat is not None]
    comptes: Counter[str] = Counter(constat["comptes"])
    for un in lots:
        comptes.update(un["comptes"])
    effaces = [un for lot in lots for un in lot["effaces"]]
    a_part = [un for un in effaces if _facture_sans_numero(un)]
    gardes = [*(un for lot in lots for un in lot["gardes"]), *constat["gardes"]]
    return {
        "simulation": ctx.simulation,
        "motif": demande.motif,
        "comptes": [{"code": code, "nombre": nombre} for code, nombre in sorted(comptes.items())],
        "effaces": [un for un in effaces if not _facture_sans_numero(un)][:LISTES_MAX],
        "factures_non_numerotees": a_part[:LISTES_MAX],
        "gardes": gardes[:LISTES_MAX],
    }


GENRE = Genre(
    nom="effacement", parametres=EffacementEntree, planifier=_planifier, executer=_executer, conclure=_conclure
)
"""Erasing, as workers do it."""


def _facture_sans_numero(resultat: Objet) -> bool:
    """Often work in progress (EFF-01)."""
    return resultat["type"] == "facture" and resultat["numero"] is None


async def _verifier(ctx: Contexte, demande: EffacementEntree) -> None:
    debut, fin = demande.numero_debut, demande.numero_fin
    if demande.exercice is None:
        if debut is not None or fin is not None:
            raise ExerciceRequis(pointeur="#/exercice")
        return
    if debut is not None and fin is not None and debut > fin:
        raise NumerosInverses(pointeur="#/numero_fin", debut=debut, fin=fin)
    try:
        await exercices.lire(ctx, demande.exercice)
    except RessourceAbsente:
        raise ReferenceInconnue(pointeur="#/exercice", table="exercices") from None


async def _prendre(ctx: Contexte, demande: EffacementEntree, voulus: Collection[UUID]) -> dict[UUID, Document]:
    """Lock what can be locked and is still to be erased, and give back what waiting documents hold of their origins."""
    if not voulus:
        return {}
    libres = await des_documents.verrouiller_libres(ctx, voulus)
    encore = set(await requetes.effacables(ctx, demande, parmi=libres))
    pris = {un: document for un, document in libres.items() if un in encore}
    vivants = {un for un, document in pris.items() if document.etat is Etat.EN_ATTENTE}
    if not vivants:
        return pris  # blocked, they hold nothing of the stock: all of them has moved on, was given up or was annulled
    liens = await requetes.origines(ctx, vivants)
    sources = await des_documents.verrouiller_libres(ctx, {origine for _, origine in liens}) if liens else {}
    bloques = {document for document, origine in liens if origine not in sources}
    vivants -= bloques
    lignes = await des_documents.lignes(ctx, [*vivants, *sources])
    ouverts = {un: Ouvert(source, lignes[un], ecrit(vers_sortie(source, lignes[un]))) for un, source in sources.items()}
    siennes = [une for un in vivants for une in lignes[un]]
    await rendre_entre(ctx, ouverts, siennes, cibles=vivants)
    await back_order.reprendre(ctx, siennes)
    await stocks.suivre(ctx, ouverts.values(), disparus=[pris[un] for un in vivants])
    return {un: document for un, document in pris.items() if un not in bloques}


async def _effacer(ctx: Contexte, pris: Mapping[UUID, Document], motif: str) -> None:
    """Leave header, number and reason in the audit trail, and remove the documents."""
    await requetes.garder_les_numeros(ctx, pris, motif)
    traces = [
        (str(un), ecrit(DocumentEfface.model_construct(**dict(resume(document)), motif=motif)), None)
        for un, document in pris.items()
    ]
    await consigner_en_bloc(ctx, "document", "effacement", traces)
    await requetes.effacer(ctx, pris)


def _resultat(ctx: Contexte, document: Document, code: Any) -> ResultatEffacement:
    copies = ("type", "exercice", "numero", "numero_affiche", "etat", "date", "client", "fournisseur", "total_tvac")
    return ResultatEffacement.model_construct(
        document=document.id,
        **{nom: getattr(document, nom) for nom in copies},
        **noms(document),
        code=code,
        detail=None if code == "efface" else detail(code, ctx.langue, {}),
    )


async def lister_numeros(ctx: Contexte, filtre: FiltreNumeros) -> Page[NumeroEffaceSortie]:
    """The numbers whose documents were erased, so that none is unexplained (EFF-02)."""
    cles: list[Colonne] = [col(NumeroEfface.exercice), col(NumeroEfface.type), col(NumeroEfface.numero)]
    rangs, suivant = await lire_page(ctx, requetes.numeros(filtre), filtre, (cles, False))
    data = [NumeroEffaceSortie.model_validate(un) for un in rangs]
    return Page[NumeroEffaceSortie].model_construct(data=data, curseur_suivant=suivant)
