"""What to order so that minimums are reached again (ART-16)."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from aurore_api.catalogue.service import Offre, offres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Page, lire_rangs
from aurore_api.stock import lecture
from aurore_api.stock.consultation import servi
from aurore_api.stock.consultes import FiltreSousMinimum, PropositionSortie, SousMinimumSortie
from aurore_api.tables.service import referentiel
from aurore_domain.approvisionnement import a_commander
from aurore_domain.stock import Niveau
from aurore_domain.unites import vers_base


async def sous_minimum(ctx: Contexte, filtre: FiltreSousMinimum) -> Page[SousMinimumSortie]:
    """A page of articles below their minimum, by number, with what each of their suppliers could bring."""
    tous = lecture.sous_minimum(filtre).c
    rangs, suivant = await lire_rangs(ctx, select(*tous), filtre, ([tous.numero], False))
    offertes = await offres(ctx, {un.numero for un in rangs}) if rangs else {}
    decimales = (await referentiel(ctx)).unites
    data = [_article(un, offertes.get(un.numero, []), decimales[un.unite], filtre.fournisseur) for un in rangs]
    return Page[SousMinimumSortie](data=data, curseur_suivant=suivant)


def _article(rang: Any, offertes: list[Offre], decimales: int, seul: str | None) -> SousMinimumSortie:
    niveau = Niveau(rang.physique, rang.commande_client, rang.commande_fournisseur)
    manque = rang.stock_minimum - niveau.attendu
    habituel = rang.fournisseur_habituel
    if habituel is not None and habituel not in {une.fournisseur for une in offertes}:
        offertes = [_sans_conditions(habituel), *offertes]
    return SousMinimumSortie(
        article=rang.numero,
        designation=rang.designation,
        unite=rang.unite,
        stock_minimum=rang.stock_minimum,
        **servi(niveau).model_dump(),
        attendu=niveau.attendu,
        manque=manque,
        propositions=[
            _proposition(une, manque, decimales, habituel=une.fournisseur == habituel)
            for une in offertes
            if seul in {None, une.fournisseur}
        ],
    )


def _sans_conditions(fournisseur: str) -> Offre:
    """The usual supplier, of whom nothing more is known."""
    return Offre(
        fournisseur=fournisseur,
        numero_article_fournisseur=None,
        unite_achat=None,
        conversion=None,
        quantite_suggeree=None,
        delai_livraison=None,
        prix_achat=None,
        remise=Decimal(0),
    )


def _proposition(offre: Offre, manque: Decimal, decimales: int, *, habituel: bool) -> PropositionSortie:
    conversion = offre.conversion
    quantite = a_commander(manque, decimales=decimales, conversion=conversion, suggeree=offre.quantite_suggeree)
    return PropositionSortie(
        fournisseur=offre.fournisseur,
        habituel=habituel,
        numero_article_fournisseur=offre.numero_article_fournisseur,
        unite_achat=offre.unite_achat,
        quantite=quantite,
        quantite_base=quantite if conversion is None else vers_base(quantite, conversion),
        delai_livraison=offre.delai_livraison,
        prix_achat=offre.prix_achat,
        remise=offre.remise,
    )
