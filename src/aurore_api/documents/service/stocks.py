"""Settle the stock of the documents that a request changed, all at once and once (MVT-01, MVT-02, MVT-07, ART-06)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aurore_api.catalogue import service as catalogue
from aurore_api.documents.service.avertir import avertir
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.sorties import Avertissement, StockDeDocument
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.stock import service as stock
from aurore_api.stock.service import Lieu, Tenu, Variation
from aurore_domain.montants import ZERO
from aurore_domain.stock import Niveau, StockNegatifInterdit, effets, touche_au_stock


@dataclass(frozen=True, slots=True)
class Bilan:
    """What became of the stock, as the answer tells it."""

    avertissements: list[Avertissement] = field(default_factory=list)
    niveaux: list[StockDeDocument] = field(default_factory=list)


async def tenir(
    ctx: Contexte,
    reglages: ParametresSortie,
    document: Document,
    lignes: Sequence[LigneDocument],
    *,
    sources: Iterable[Ouvert] = (),
    substituts: Mapping[str, str] | None = None,
    nouveau: bool = False,
) -> Bilan:
    """Let the ledger follow a document and those that it gave to or took from, before any number is drawn.

    `substituts` are those of the articles that were just entered.

    Raises:
        StockNegatifInterdit: goods leave that are not there, where that is forbidden; names the line (MVT-07).
    """
    tenus = [tenu(un.document, un.lignes) for un in sources if touche_au_stock(un.document.type)]
    if touche_au_stock(document.type):
        tenus.append(tenu(document, lignes, nouveau=nouveau))
    if not tenus:
        return Bilan()
    try:
        variations = await stock.ajuster(ctx, tenus, negatif_interdit=reglages.stock_negatif_interdit)
    except StockNegatifInterdit as erreur:
        lieu = erreur.valeurs["article"], erreur.valeurs["depot"]
        rang = next((rang for rang, ligne in enumerate(lignes) if lieu in _lieux(ligne)), None)
        erreur.pointeur = None if rang is None else f"#/lignes/{rang}/quantite"
        raise
    manquants = await manques(ctx, variations, (substituts or {}).keys())
    return Bilan(
        manquants.avertissements(ctx, lignes),
        [_servi(*un) for un in sorted(variations.items())],
    )


async def suivre(ctx: Contexte, ouverts: Iterable[Ouvert], *, disparus: Iterable[Document] = ()) -> None:
    """Let the ledger follow documents of which what is left changed, and those that go (TRF-08, EFF-01)."""
    restants = ((un.document, un.lignes) for un in ouverts)
    tenus = [tenu(*un) for un in (*restants, *((un, ()) for un in disparus)) if touche_au_stock(un[0].type)]
    interdit = (await parametres.lire(ctx)).stock_negatif_interdit
    await stock.ajuster(ctx, tenus, negatif_interdit=interdit)


def tenu(document: Document, lignes: Sequence[LigneDocument], *, nouveau: bool = False) -> Tenu:
    """What the ledger is to know of a document from now on."""
    return Tenu(
        document=document.id,
        client=document.client,
        fournisseur=document.fournisseur,
        effets=effets(document, lignes),
        nouveau=nouveau,
    )


def _lieux(ligne: LigneDocument) -> Collection[tuple[object, object]]:
    """Where the goods of a line are."""
    if ligne.article is None or not ligne.mise_a_jour_stock:
        return ()
    articles = [ligne.article] if ligne.composition is None else [article for article, _ in ligne.composition]
    return [(article, ligne.depot) for article in articles]


@dataclass(frozen=True, slots=True)
class Manques:
    """Where more is asked for than there is, and what could stand in; where less than nothing is left."""

    variations: Mapping[Lieu, Variation]
    courts: Collection[Lieu]
    negatifs: Collection[Lieu]
    autres: Mapping[str, str] = field(default_factory=dict)
    de_rechange: Mapping[Lieu, Niveau] = field(default_factory=dict)

    def avertissements(self, ctx: Contexte, lignes: Sequence[LigneDocument]) -> list[Avertissement]:
        """Say which of these lines ask for more than is available, and which leave less than nothing."""
        trouves: list[Avertissement] = []
        if not self.courts and not self.negatifs:
            return trouves
        for rang, ligne in enumerate(lignes):
            for article, depot in dict.fromkeys(_lieux(ligne)):
                lieu = str(article), str(depot)
                valeurs = {"ordre": ligne.ordre, "article": article, "depot": depot}
                pointeur = f"#/lignes/{rang}/quantite"
                if lieu in self.courts:
                    trouves.append(avertir(ctx, "stock_insuffisant", pointeur, **valeurs, **self._court(lieu)))
                if lieu in self.negatifs:
                    physique = self.variations[lieu].apres.physique
                    trouves.append(avertir(ctx, "stock_negatif", pointeur, **valeurs, physique=physique))
        return trouves

    def _court(self, lieu: Lieu) -> dict[str, Any]:
        substitut = self.autres.get(lieu[0])
        autre = self.de_rechange.get((substitut, lieu[1]), Niveau()).disponible if substitut else None
        avant = self.variations[lieu].apres.disponible - self.variations[lieu].disponible
        return {"disponible": max(avant, ZERO), "substitut": substitut, "disponible_substitut": autre}


async def manques(ctx: Contexte, variations: Mapping[Lieu, Variation], substituts: Collection[str]) -> Manques:
    """What is short after movements; `substituts` are the articles that something may stand in for.

    Nothing is said of articles whose stock nobody keeps, unless something may stand in for them (ART-06, MVT-07).
    """
    courts = {
        lieu
        for lieu, une in variations.items()
        if une.disponible < 0 and une.apres.disponible < 0 and (une.suivi or lieu[0] in substituts)
    }
    negatifs = {lieu for lieu, une in variations.items() if une.suivi and une.physique < 0 and une.apres.physique < 0}
    if not courts:
        return Manques(variations, courts, negatifs)
    autres = await catalogue.substituts(ctx, {article for article, _ in courts})
    de_rechange = await stock.niveaux(ctx, set(autres.values())) if autres else {}
    return Manques(variations, courts, negatifs, autres, de_rechange)


def _servi(lieu: Lieu, variation: Variation) -> StockDeDocument:
    apres = variation.apres
    return StockDeDocument(
        article=lieu[0],
        depot=lieu[1],
        physique=apres.physique,
        commande_client=apres.commande_client,
        commande_fournisseur=apres.commande_fournisseur,
        disponible=apres.disponible,
    )
