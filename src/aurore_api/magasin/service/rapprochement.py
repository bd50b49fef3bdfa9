"""Compare what a till sent over a period with what became of it (MAG-19, MAG-25)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from aurore_api.clients.service import facturation
from aurore_api.documents.suivis.service import DocumentSuivi, prevues, suivre
from aurore_api.magasin import requetes_rapprochement as requetes
from aurore_api.magasin.poussees import PaiementSortie
from aurore_api.magasin.rapprochement import (
    Bilan,
    CommandeRapprochee,
    ConflitRapproche,
    ControleDoubles,
    DoubleSortie,
    EcartSortie,
    FiltreRapprochement,
    Genre,
    JoursNonCouverts,
    PieceSuspecte,
    RapprochementSortie,
    SuiteSortie,
    Suspects,
    VenteRapprochee,
)
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.tables import ReferenceMagasin
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument
from aurore_domain.montants import ZERO, arrondir
from aurore_domain.rapprochement import (
    Jours,
    Piece,
    Sort,
    Suivi,
    Vente,
    biens,
    facturees_deux_fois,
    jours_non_couverts,
    semblables,
    sort_de_commande,
    sort_de_vente,
)

COMMANDE, FACTURE = "commande", "facture"
_SIGNES = {TypeDocument.FACTURE: 1, TypeDocument.NOTE_CREDIT: -1}


@dataclass(frozen=True, slots=True)
class Periode:
    """All that a reconciliation is made of."""

    references: Sequence[ReferenceMagasin]
    documents: Mapping[UUID, DocumentSuivi]
    facturables: Mapping[str, bool]

    def document(self, une: ReferenceMagasin) -> DocumentSuivi | None:
        """What an order or a sale became."""
        return None if une.document is None else self.documents.get(une.document)

    def vivantes(self, genre: str) -> list[tuple[ReferenceMagasin, DocumentSuivi]]:
        """Those of a kind that are not cancelled, with their documents."""
        return [
            (une, document)
            for une in self.references
            if une.genre == genre and (document := self.document(une)) is not None and _vit(une, document)
        ]


def _vit(une: ReferenceMagasin, document: DocumentSuivi | None) -> bool:
    return not une.annulee and document is not None and document.etat is not Etat.ANNULE


async def rapprocher(ctx: Contexte, code: str, filtre: FiltreRapprochement) -> RapprochementSortie:
    """A shop's period, in a constant number of statements.

    Raises:
        RessourceAbsente: there is no such shop.
    """
    await lire_magasin(ctx, code)
    prevues_alors = await prevues(ctx, code, filtre.du, filtre.au)
    periode = await _lire(ctx, await requetes.references(ctx, code, filtre.du, filtre.au, prevues_alors))
    commandes = [_commande(ctx, periode, une) for une in periode.references if une.genre == COMMANDE]
    ventes = [_vente(periode, une) for une in periode.references if une.genre == FACTURE]
    return RapprochementSortie(
        magasin=code,
        du=filtre.du,
        au=filtre.au,
        bilan=_bilan(commandes, ventes),
        controle=await _controler(ctx, code, periode),
        jours_non_couverts=await _non_couverts(ctx, code, filtre),
        conflits=[
            ConflitRapproche(
                conflit=un.id, genre=_genre(un.genre), reference=un.reference, motif=un.motif, cree_le=un.cree_le
            )
            for un in await requetes.conflits(ctx, code)
        ],
        suspects=suspects(periode),
        commandes=commandes,
        ventes=ventes,
    )


def _genre(genre: str) -> Genre:
    return "facture" if genre == FACTURE else "commande"


async def _lire(ctx: Contexte, references: Sequence[ReferenceMagasin]) -> Periode:
    documents = await suivre(ctx, {une.document for une in references if une.document is not None})
    clients = await facturation(ctx, {un.client for un in documents.values()}) if documents else {}
    return Periode(references, documents, {numero: un.a_completer is None for numero, un in clients.items()})


def _commun(periode: Periode, une: ReferenceMagasin, sort: Sort) -> dict[str, Any]:
    document = periode.document(une)
    return {
        "reference": une.reference,
        "date": une.date,
        "version": une.version,
        "client": document and document.client,
        "client_nom": document and document.client_nom,
        "document": document and document.id,
        "numero_affiche": document and document.numero_affiche,
        "sort": sort,
        "total_tvac": document and document.total_tvac,
        "suites": [
            SuiteSortie(
                document=un.id,
                type=un.type,
                numero_affiche=un.numero_affiche,
                etat=un.etat,
                date=un.date,
                montant_tvac=un.montant,
            )
            for un in (document.suites if document else ())
        ],
    }


def _suivi(document: DocumentSuivi | None) -> Suivi | None:
    return None if document is None else Suivi(document.etat, [(un.type, un.etat) for un in document.suites])


def _commande(ctx: Contexte, periode: Periode, une: ReferenceMagasin) -> CommandeRapprochee:
    document = periode.document(une)
    livraison = document.date_livraison_prevue if document else None
    sort = sort_de_commande(
        _suivi(document),
        annulee=une.annulee,
        cloturee=document is not None and document.cloture_le is not None,
        jour=livraison or une.date,
        aujourd_hui=ctx.aujourd_hui,
    )
    return CommandeRapprochee(**_commun(periode, une, sort), date_livraison=livraison)


def _vente(periode: Periode, une: ReferenceMagasin) -> VenteRapprochee:
    document = periode.document(une)
    facturable = document is not None and periode.facturables.get(document.client, False)
    sort = sort_de_vente(_suivi(document), annulee=une.annulee, facturable=facturable)
    return VenteRapprochee(
        **_commun(periode, une, sort),
        reference_commande=une.origine,
        paiements=[PaiementSortie.model_validate(un) for un in une.paiements or ()],
    )


def _bilan(commandes: Sequence[CommandeRapprochee], ventes: Sequence[VenteRapprochee]) -> Bilan:
    gardees = [une for une in ventes if une.sort not in {Sort.ANNULEE, Sort.SUPPRIMEE}]
    facture = sum((_SIGNES.get(un.type, 0) * un.montant_tvac for une in gardees for un in une.suites), ZERO)
    return Bilan(
        commandes=dict(Counter(une.sort for une in commandes)),
        ventes=dict(Counter(une.sort for une in ventes)),
        total_ventes=arrondir(sum((une.total_tvac or ZERO for une in gardees), ZERO)),
        total_facture=arrondir(facture),
    )


async def _controler(ctx: Contexte, code: str, periode: Periode) -> ControleDoubles:
    """Look once more, from what is stored, whether anything is invoiced twice (MAG-19)."""
    commandes = {une.reference for une, _ in periode.vivantes(COMMANDE)}
    ventes = {une.reference: Vente(une.reference, une.origine) for une, _ in periode.vivantes(FACTURE)}
    visees = {nom for une in ventes.values() for nom in (une.reference, une.origine) if nom is not None}
    autres = await _lire(ctx, await requetes.homonymes(ctx, code, commandes, visees))
    commandes |= {une.reference for une, _ in autres.vivantes(COMMANDE)}
    ventes |= {une.reference: Vente(une.reference, une.origine) for une, _ in autres.vivantes(FACTURE)}
    doubles = facturees_deux_fois(commandes, list(ventes.values()))
    ecarts = [
        EcartSortie(
            genre=_genre(une.genre), reference=une.reference, total_tvac=document.total_tvac, facture_tvac=facture
        )
        for genre in (COMMANDE, FACTURE)
        for une, document in periode.vivantes(genre)
        if (facture := _facture(document)) > document.total_tvac
    ]
    return ControleDoubles(
        conforme=not doubles and not ecarts,
        commandes=len(commandes),
        ventes=len(ventes),
        doubles=[DoubleSortie(reference=nom, ventes=list(siennes)) for nom, siennes in doubles.items()],
        surfacturees=ecarts,
    )


def _facture(document: DocumentSuivi) -> Decimal:
    """What is invoiced of a document, less what was credited."""
    return arrondir(sum((_SIGNES.get(un.type, 0) * un.montant for un in document.suites), ZERO))


async def _non_couverts(ctx: Contexte, code: str, filtre: FiltreRapprochement) -> list[JoursNonCouverts]:
    fin = min(filtre.au, ctx.aujourd_hui)
    if fin < filtre.du:
        return []
    poussees = await requetes.poussees(ctx, code, filtre.du, fin)
    return [
        JoursNonCouverts(genre=_genre(genre), du=trou.du, au=trou.au)
        for genre in (COMMANDE, FACTURE)
        for trou in jours_non_couverts(
            Jours(filtre.du, fin), [Jours(du, au) for une, du, au in poussees if une == genre]
        )
    ]


async def ressemblances(
    ctx: Contexte, code: str, jours: Collection[date], ventes: Collection[str]
) -> dict[str, list[str]]:
    """What sales of some days are alike to, under other references, in a constant number of statements (MAG-19)."""
    des_jours = await prevues(ctx, code, min(jours), max(jours))
    periode = await _lire(ctx, await requetes.references(ctx, code, min(jours), max(jours), des_jours))
    groupes = [[une.reference for une in groupe.pieces] for groupe in suspects(periode)]
    return {
        vente: sorted({autre for groupe in groupes if vente in groupe for autre in groupe if autre != vente})
        for vente in ventes
        if any(vente in groupe for groupe in groupes)
    }


def suspects(periode: Periode) -> list[Suspects]:
    """The groups of a period that are alike."""
    par_cle = {
        (une.genre == FACTURE, une.reference): document
        for genre in (COMMANDE, FACTURE)
        for une, document in periode.vivantes(genre)
    }
    pieces = [
        Piece(
            reference,
            vente,
            document.client,
            frozenset({document.date} if vente else {document.date, document.date_livraison_prevue or document.date}),
            biens(document.lignes),
        )
        for (vente, reference), document in par_cle.items()
    ]
    return [
        Suspects(
            client=groupe[0].client,
            client_nom=par_cle[groupe[0].vente, groupe[0].reference].client_nom,
            pieces=[
                PieceSuspecte(
                    genre="facture" if une.vente else "commande",
                    reference=une.reference,
                    date=max(une.jours),
                    document=par_cle[une.vente, une.reference].id,
                )
                for une in groupe
            ],
        )
        for groupe in semblables(pieces)
    ]
