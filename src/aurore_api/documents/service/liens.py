"""Quantities between a line and the line it came from: taken, given back, adjusted (TRF-03, TRF-06)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from aurore_api.catalogue.service import ArticleDeDocument
from aurore_api.documents import requetes, requetes_credits
from aurore_api.documents.erreurs import QuantiteTropGrande
from aurore_api.documents.saisie import QUANTITE_MAX
from aurore_api.documents.service import montants
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.vue import situation_de, vers_sortie
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.bloc import ecrire_suivies
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner_en_bloc, ecrit
from aurore_domain.actions import etat_selon_reste
from aurore_domain.cycle import EffetStock, Nature, regle
from aurore_domain.montants import ZERO, exact
from aurore_domain.restes import compte_en_commande, deja_pris
from aurore_domain.retours import DejaRefacturee
from aurore_domain.transfert import Tolerance
from aurore_domain.unites import vers_supplementaire


@dataclass(frozen=True, slots=True)
class Quantites:
    """What a line takes of its origin: base and order unit."""

    base: Decimal
    commande: Decimal

    @classmethod
    def de(cls, ligne: LigneDocument, source: LigneDocument) -> "Quantites":
        """What a line holds now of its source, in the source's units."""
        base = ligne.quantite or ZERO
        if ligne.unite_commande == source.unite_commande:
            return cls(base, ligne.quantite_unite_commande or ZERO)
        return cls(base, vers_supplementaire(base, source.conversion) if source.conversion else ZERO)

    def fois(self, signe: int) -> "Quantites":
        """The same, or as much the other way."""
        return Quantites(self.base * signe, self.commande * signe)

    def depasse(self, avant: "Quantites") -> bool:
        """Whether more is taken than before, or of the other sign."""
        return (
            abs(self.base) > abs(avant.base) or abs(self.commande) > abs(avant.commande) or self.base * avant.base < 0
        )


RIEN = Quantites(ZERO, ZERO)


@exact
def prendre(source: LigneDocument, nature: Nature, avant: Quantites, apres: Quantites) -> None:
    """Count on a source line that a following line now holds `apres` instead of `avant`.

    Raises:
        QuantiteTropGrande: excess upon excess, more has gone than can be counted.
    """
    match nature:
        case Nature.COPIE:
            return
        case Nature.REFERENCE:
            source.quantite_retournee += apres.base - avant.base
        case Nature.CONSOMME | Nature.CREDIT:
            source.quantite_transferee += apres.base - avant.base
            source.quantite_unite_commande_transferee += apres.commande - avant.commande
    if max(abs(source.quantite_transferee), abs(source.quantite_unite_commande_transferee)) >= QUANTITE_MAX:
        raise QuantiteTropGrande(pointeur="#/quantite")


def depassee(source: LigneDocument) -> bool:
    """Whether more has gone of a line than it holds, in the unit that counts (TRF-03)."""
    deja, deja_commande = deja_pris(source, Nature.CONSOMME)
    if compte_en_commande(source):
        return abs(deja_commande) > abs(source.quantite_unite_commande or ZERO)
    return abs(deja) > abs(source.quantite or ZERO)


def tolerance(
    articles: Mapping[str, ArticleDeDocument],
    parametres: ParametresSortie,
    genre: str,
    lignes: Iterable[LigneDocument],
    *,
    depassement: bool = False,
) -> Tolerance:
    """How much more than is left may go of each line: the article's own tolerance, else the société's (TRF-03).

    It is for deliveries: no more is invoiced than was delivered, nor credited than came back (TRF-10).
    """
    if regle(genre).stock in {EffetStock.SORTIE, EffetStock.ENTREE}:
        return Tolerance()
    return Tolerance(
        societe=parametres.tolerance_depassement,
        par_ordre={
            une.ordre: propre
            for une in lignes
            if une.article
            and une.article in articles
            and (propre := articles[une.article].tolerance_depassement) is not None
        },
        depassement=depassement,
    )


async def sources_de(
    ctx: Contexte, lignes: Sequence[LigneDocument], *, cible: UUID | None = None
) -> dict[UUID, Ouvert]:
    """The documents that these lines, and the header amounts of `cible`, came from; they must be locked already."""
    origines = {un for une in lignes for un in (une.origine, une.credite) if un is not None}
    origines |= await requetes_credits.refacturees(ctx, [une.credite for une in lignes if une.refacture])
    identifiants = await requetes.documents_des_lignes(ctx, origines) if origines else set()
    if cible is not None:
        identifiants |= await requetes.donneurs_de_montants(ctx, cible)
    if not identifiants:
        return {}
    par_document = await requetes.lignes(ctx, identifiants)
    ouverts: dict[UUID, Ouvert] = {}
    for identifiant, ses_lignes in par_document.items():
        document = await ctx.session.get_one(Document, identifiant)
        ouverts[identifiant] = Ouvert(document, ses_lignes, ecrit(vers_sortie(document, ses_lignes)))
    return ouverts


def par_identifiant(sources: Mapping[UUID, Ouvert]) -> dict[UUID, LigneDocument]:
    """All lines of these documents."""
    return {une.id: une for ouvert in sources.values() for une in ouvert.lignes}


def ligne_de(lignes: Mapping[UUID, LigneDocument], identifiant: UUID | None) -> LigneDocument | None:
    """One of these lines; None for none."""
    return None if identifiant is None else lignes.get(identifiant)


def tenir(sources: Mapping[UUID, LigneDocument], ligne: LigneDocument) -> None:
    """Count what a line holds on the line it came from, the facture's that it credits, what it lets invoice again."""
    for source, nature, signe in _liens(sources, ligne):
        prendre(source, nature, RIEN, Quantites.de(ligne, source).fois(signe))


def relacher(sources: Mapping[UUID, LigneDocument], ligne: LigneDocument) -> None:
    """Give all of that back."""
    for source, nature, signe in _liens(sources, ligne):
        prendre(source, nature, Quantites.de(ligne, source).fois(signe), RIEN)


def _liens(sources: Mapping[UUID, LigneDocument], ligne: LigneDocument) -> list[tuple[LigneDocument, Nature, int]]:
    origine, creditee = ligne_de(sources, ligne.origine), ligne_de(sources, ligne.credite)
    liens: list[tuple[LigneDocument, Nature, int]] = []
    if origine is not None and ligne.nature is not None:
        liens.append((origine, ligne.nature, 1))
    if creditee is not None and creditee is not origine:
        liens.append((creditee, Nature.CREDIT, 1))
    livree = _refacturee(sources, ligne)
    if livree is not None:
        liens.append((livree, Nature.CONSOMME, -1))
    return liens


def _refacturee(sources: Mapping[UUID, LigneDocument], ligne: LigneDocument) -> LigneDocument | None:
    """The line that a note de crédit's line made billable again."""
    creditee = ligne_de(sources, ligne.credite) if ligne.refacture else None
    return None if creditee is None else ligne_de(sources, creditee.origine)


def exiger_rien_de_refacture(sources: Mapping[UUID, LigneDocument], ligne: LigneDocument) -> None:
    """Refuse to take back what was made billable again and has been invoiced since (TRF-09). `DejaRefacturee`."""
    livree = _refacturee(sources, ligne)
    if livree is not None and depassee(livree):
        raise DejaRefacturee(ordre=ligne.ordre)


async def rendre(ctx: Contexte, lignes: Sequence[LigneDocument], *, cible: UUID | None = None) -> Collection[Ouvert]:
    """Give back to their origins all that these lines hold; sources with something left wait again (TRF-06).

    With `cible`, a document that ends, the header amounts that it took come back too (TRF-04). Returns the documents
    that gave, as they are now.
    """
    sources = await sources_de(ctx, lignes, cible=cible)
    await rendre_entre(ctx, sources, lignes, cibles=() if cible is None else (cible,))
    return sources.values()


async def rendre_entre(
    ctx: Contexte, sources: dict[UUID, Ouvert], lignes: Iterable[LigneDocument], *, cibles: Collection[UUID]
) -> None:
    """The same of many documents that end together, whose sources are loaded and locked."""
    par_id, rendues = par_identifiant(sources), tuple(lignes)
    for ouvert in sources.values():
        montants.rendre(ouvert.document, cibles)
    for ligne in rendues:
        relacher(par_id, ligne)
    for ligne in rendues:
        exiger_rien_de_refacture(par_id, ligne)
        _reprendre_les_frais(sources, par_id, ligne)
    await noter_sources(ctx, sources)


def _reprendre_les_frais(
    sources: Mapping[UUID, Ouvert], lignes: Mapping[UUID, LigneDocument], ligne: LigneDocument
) -> None:
    """Give a facture the charges back that a document was to bring to the next one (TRF-04, TRF-09)."""
    creditee, livree = ligne_de(lignes, ligne.credite), _refacturee(lignes, ligne)
    if creditee is not None and livree is not None:
        document = sources[livree.document].document
        if document.montant_livraison and document.frais_transferes_vers is None:
            document.frais_transferes_vers = creditee.document


async def noter_sources(
    ctx: Contexte, sources: dict[UUID, Ouvert], action: Literal["transfert", "abandon"] = "transfert"
) -> None:
    """Settle the state of source documents after quantities moved, and journal each that changed, all at once."""
    await ecrire_suivies(ctx, [une for ouvert in sources.values() for une in ouvert.lignes])
    changes: list[Ouvert] = []
    for ouvert in sources.values():
        document = ouvert.document
        document.etat = etat_selon_reste(situation_de(document, ouvert.lignes))
        if ecrit(vers_sortie(document, ouvert.lignes)) != ouvert.avant:
            document.version += 1
            changes.append(ouvert)
    await ctx.session.flush()
    apres = [(str(un.document.id), un.avant, ecrit(vers_sortie(un.document, un.lignes))) for un in changes]
    await consigner_en_bloc(ctx, "document", action, apres)
