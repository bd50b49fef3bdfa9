"""What a note de crédit credits: the facture's lines behind it, and what other notes have left of them (CAL-15)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from aurore_api.documents import requetes, requetes_credits
from aurore_api.documents.calcul import calculer
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.sorties import TotauxSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.tables_emis import CreditDeFacture
from aurore_api.socle.contexte import Contexte
from aurore_domain.a_crediter import ACrediter, Credit, FactureACrediter, GroupeACrediter, LigneACrediter, Poste
from aurore_domain.cycle import TABLE, Nature
from aurore_domain.montants import CENT_POUR_CENT, ZERO, arrondir, exact
from aurore_domain.totaux import Escompte
from aurore_domain.tva import Traitement

CREDITENT = frozenset(vers for un in TABLE.values() for vers, nature in un.vers.items() if nature is Nature.CREDIT)
"""The types that credit others."""


async def chiffrer(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument]) -> Sequence[CreditDeFacture]:
    """Compute a document; a note de crédit within what its factures have left. Returns what it takes of them.

    Raises what `calcul.calculer` does, `CreditDepasse`, `FraisCreditesDepasses`.
    """
    document = etabli.document
    credite = await a_crediter(ctx, document, lignes) if document.type in CREDITENT else None
    pris = calculer(document, lignes, etabli.referentiel, etabli.parametres, credite)
    return [_ligne_gardee(document, un) for un in pris]


async def garder(ctx: Contexte, document: Document, pris: Sequence[CreditDeFacture], *, nouveau: bool = False) -> None:
    """Store what `chiffrer` found, once the document is in the database and before it is issued."""
    if document.type in CREDITENT:
        await requetes_credits.garder_credits(ctx, document.id, pris, nouveau=nouveau)


def _ligne_gardee(document: Document, credit: Credit) -> CreditDeFacture:
    if not isinstance(credit.facture, UUID):
        raise TypeError(credit.facture)
    return CreditDeFacture(
        document=document.id,
        facture=credit.facture,
        categorie=credit.traitement.categorie,
        taux=credit.traitement.taux,
        base=credit.base,
        tva=credit.tva,
        frais=credit.frais,
        escompte=credit.escompte,
        entete=credit.entete,
    )


async def a_crediter(ctx: Contexte, document: Document, lignes: Sequence[LigneDocument]) -> ACrediter | None:
    """What the note's lines credit, and what its factures have left without it; None where it credits none."""
    visees = {une.credite for une in lignes if une.credite is not None}
    if not visees:
        return None
    factures = await requetes_credits.factures_des_lignes(ctx, visees)
    identifiants = [une.id for une in factures]
    de_factures = await requetes.lignes(ctx, identifiants)
    par_id = {une.id: une for siennes in de_factures.values() for une in siennes}
    autres = _Autres.de(await requetes_credits.lignes_de_credit(ctx, par_id.keys(), sauf=document.id), par_id)
    pris = await requetes_credits.deja_credites(ctx, identifiants, sauf=document.id)
    return ACrediter(
        lignes={
            une.id: _visee(une, par_id[une.credite], autres, prix_tvac=document.prix_tvac)
            for une in lignes
            if une.credite is not None
        },
        factures={facture.id: _facture(facture, de_factures[facture.id], autres, pris) for facture in factures},
    )


async def crediter_les_frais(
    ctx: Contexte, document: Document, lignes: Sequence[LigneDocument], nouvelles: Collection[UUID | None]
) -> None:
    """Credit the charges of a facture with the last of its goods (TRF-09); an amount typed stands for all of them.

    `nouvelles` are the facture's lines that were just credited.
    """
    credite = await a_crediter(ctx, document, lignes) if document.type in CREDITENT else None
    if credite is None:
        return
    factures = {une.facture for une in credite.lignes.values() if une.ligne in nouvelles}
    soldees = [une for cle, une in credite.factures.items() if cle in factures and une.soldee]
    document.montant_livraison += sum((une.frais for une in soldees), ZERO)


@dataclass(frozen=True, slots=True)
class _Autres:
    """What other notes have taken of the factures' lines, and of their taxes by code."""

    lignes: Mapping[UUID, Poste]
    taxes: Mapping[tuple[UUID, str], Poste]

    @classmethod
    def de(cls, credites: Collection[LigneDocument], creditees: Mapping[UUID, LigneDocument]) -> "_Autres":
        lignes: dict[UUID, Poste] = defaultdict(lambda: Poste(ZERO, ZERO))
        taxes: dict[tuple[UUID, str], Poste] = defaultdict(lambda: Poste(ZERO, ZERO))
        for une in credites:
            if une.credite is None or une.credite not in creditees:
                continue
            lignes[une.credite] = _somme(lignes[une.credite], _poste(une.montant_htva, une.montant_tvac))
            for taxe in une.taxes:
                cle = une.credite, taxe.code_taxe
                taxes[cle] = _somme(taxes[cle], _poste(taxe.montant_htva, taxe.montant_tvac))
        return cls(lignes, taxes)


@exact
def _poste(htva: Decimal, tvac: Decimal | None, moins: Poste | None = None) -> Poste:
    deja = moins or Poste(ZERO, ZERO)
    return Poste((htva if tvac is None else tvac) - deja.enonce, htva - deja.htva)


@exact
def _somme(un: Poste, autre: Poste) -> Poste:
    return Poste(un.enonce + autre.enonce, un.htva + autre.htva)


def _soldee(ligne: LigneDocument) -> bool:
    """Whether the whole quantity of a facture's line is credited; what has none goes along."""
    return abs(ligne.quantite_transferee) >= abs(ligne.quantite or ZERO)


def _visee(ligne: LigneDocument, facturee: LigneDocument, autres: _Autres, *, prix_tvac: bool) -> LigneACrediter:
    facturees = {une.code_taxe: une for une in facturee.taxes}
    rien = Poste(ZERO, ZERO)
    return LigneACrediter(
        facture=facturee.document,
        ligne=facturee.id,
        ordre=ligne.ordre,
        reste=_poste(
            facturee.montant_htva, facturee.montant_tvac if prix_tvac else None, autres.lignes.get(facturee.id)
        ),
        taxes=tuple(
            _poste(
                facturees[une.code_taxe].montant_htva,
                facturees[une.code_taxe].montant_tvac,
                autres.taxes.get((facturee.id, une.code_taxe)),
            )
            if une.code_taxe in facturees
            else rien
            for une in ligne.taxes
        ),
        soldee=_soldee(facturee),
        meme_prix=(ligne.prix, ligne.remise) == (facturee.prix, facturee.remise),
    )


@exact
def _facture(
    facture: Document,
    lignes: Sequence[LigneDocument],
    autres: _Autres,
    pris: Mapping[tuple[UUID, str, Decimal], Mapping[str, Decimal]],
) -> FactureACrediter:
    """What is left of each VAT group: its charges are what its base has beside lines, taxes and escompte (CAL-07)."""
    copie = (facture.impression or {}).get("escompte")
    escompte = Escompte(copie["genre"], Decimal(copie["pourcentage"])) if copie else None
    biens: dict[Traitement, Poste] = defaultdict(lambda: Poste(ZERO, ZERO))
    credites: dict[Traitement, Decimal] = defaultdict(Decimal)
    taxes: dict[Traitement, Poste] = defaultdict(lambda: Poste(ZERO, ZERO))
    for une in lignes:
        if une.traitement is not None:
            biens[une.traitement] = _somme(biens[une.traitement], _poste(une.montant_htva, une.montant_tvac))
            deja = autres.lignes.get(une.id)
            credites[une.traitement] += deja.enonce if deja else ZERO
        for taxe in une.taxes:
            taxes[taxe.traitement] = _somme(taxes[taxe.traitement], _poste(taxe.montant_htva, taxe.montant_tvac))
    remis = {
        un: arrondir(poste.enonce * escompte.pourcentage / CENT_POUR_CENT) if escompte else ZERO
        for un, poste in biens.items()
    }
    rendu = sum(remis.values(), ZERO) if escompte and escompte.genre == "conditionnel" else ZERO
    groupes: dict[Traitement, GroupeACrediter] = {}
    for un in TotauxSortie.model_validate(facture.totaux).par_taux:
        traitement = Traitement(un.categorie, un.taux)
        moins = pris.get((facture.id, un.categorie, un.taux), {})
        enonce = un.base + un.tva if facture.prix_tvac else un.base
        reparti = rendu if un.categorie == "E" else ZERO
        retenu = remis.get(traitement, ZERO)
        frais = enonce - biens[traitement].enonce - taxes[traitement].enonce + retenu - reparti
        entete = un.base - biens[traitement].htva - taxes[traitement].htva - reparti
        groupes[traitement] = GroupeACrediter(
            base=un.base - moins.get("base", ZERO),
            tva=un.tva - moins.get("tva", ZERO),
            lignes=biens[traitement].enonce - credites[traitement],
            frais=frais - moins.get("frais", ZERO),
            escompte=retenu - moins.get("escompte", ZERO),
            entete=entete - moins.get("entete", ZERO),
        )
    return FactureACrediter(groupes=groupes, escompte=escompte, soldee=all(map(_soldee, lignes)))
