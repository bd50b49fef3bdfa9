"""Store a lot: one statement for all that is new, one per kind of what changes, one for the stock."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import SQLModel

from aurore_api.clients.calendrier.schemas import CalendrierConnu
from aurore_api.clients.calendrier.service import calendriers
from aurore_api.documents.credit import service as credit
from aurore_api.documents.lots import requetes
from aurore_api.documents.lots.demandes import Fait
from aurore_api.documents.service.annoncer import annoncer
from aurore_api.documents.service.avertir import avertir, de_livraison, du_contenu, jours_de_livraison
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.service.stocks import Manques, manques, tenu
from aurore_api.documents.sorties import Avertissement
from aurore_api.documents.tables import Acompte, Document, LigneDocument
from aurore_api.documents.vue import vers_sortie
from aurore_api.parametres import service as parametres
from aurore_api.socle.bloc import inserer_ensemble, modifier_en_bloc
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import Evenement, ecrit, evenement
from aurore_api.stock import service as stock
from aurore_domain.credit import LimiteCreditDepassee
from aurore_domain.cycle import Etat
from aurore_domain.stock import touche_au_stock

_FIXES = {"id", "type", "exercice", "numero", "numero_affiche", "cree_le", "frais_transferes_vers", "magasin"}
_DU_DOCUMENT = frozenset(nue(Document).keys()) - _FIXES
_DE_LA_LIGNE = frozenset(nue(LigneDocument).keys()) - {"id", "document"}


async def ecrire(
    ctx: Contexte,
    faits: Sequence[Fait],
    annules: Sequence[Ouvert],
    *autres: Sequence[SQLModel],
    evenements: Sequence[Evenement] = (),
) -> dict[UUID, list[Avertissement]]:
    """Store documents that were made, annul others, and store what refers to them; what is worth a warning of each.

    Raises:
        StockNegatifInterdit: goods leave that are not there (MVT-07).
    """
    nouveaux = [un for un in faits if un.ouvert is None]
    changes = [un for un in faits if un.ouvert is not None]
    dits = [_cree(ctx, un) for un in nouveaux]
    dits += [_change(ctx, un, un.ouvert) for un in changes if un.ouvert is not None]
    dits += [_annule(ctx, un) for un in annules]
    await _remplacer(ctx, changes, annules)
    await inserer_ensemble(
        ctx,
        [un.document for un in nouveaux],
        [une for un in faits for une in un.lignes if une.id not in un.gardees],
        [un for fait in faits for un in fait.acomptes_nouveaux],
        [*dits, *evenements],
        *autres,
    )
    constat = await _tenir(ctx, faits, annules)
    return await _avertir(ctx, faits, constat)


def _cree(ctx: Contexte, fait: Fait) -> Evenement:
    return evenement(
        ctx, "document", str(fait.identifiant), "creation", None, ecrit(vers_sortie(fait.document, fait.lignes))
    )


def _change(ctx: Contexte, fait: Fait, ouvert: Ouvert) -> Evenement:
    apres = ecrit(vers_sortie(fait.document, fait.lignes))
    return evenement(ctx, "document", str(fait.identifiant), "modification", ouvert.avant, apres)


def _annule(ctx: Contexte, ouvert: Ouvert) -> Evenement:
    document = ouvert.document
    document.etat, document.cloture_le = Etat.ANNULE, None
    document.version += 1
    apres = ecrit(vers_sortie(document, ouvert.lignes))
    return evenement(ctx, "document", str(document.id), "annulation", ouvert.avant, apres)


async def _remplacer(ctx: Contexte, changes: Sequence[Fait], annules: Sequence[Ouvert]) -> None:
    """Write what exists: lines that go first, so that others can take their places."""
    await requetes.effacer(ctx, LigneDocument, [une for un in changes for une in un.retirees])
    await requetes.effacer(ctx, Acompte, [une for un in changes for une in un.acomptes_retires])
    await modifier_en_bloc(ctx, [un.document for un in changes], _DU_DOCUMENT)
    await modifier_en_bloc(ctx, [une for un in changes for une in un.lignes if une.id in un.gardees], _DE_LA_LIGNE)
    await modifier_en_bloc(ctx, [un for fait in changes for un in fait.acomptes_changes], {"montant"})
    await modifier_en_bloc(ctx, [un.document for un in annules], {"etat", "version", "cloture_le"})


async def _tenir(ctx: Contexte, faits: Sequence[Fait], annules: Sequence[Ouvert]) -> Manques:
    tenus = [
        tenu(un.document, un.lignes, nouveau=un.ouvert is None) for un in faits if touche_au_stock(un.document.type)
    ]
    tenus += [tenu(un.document, ()) for un in annules if touche_au_stock(un.document.type)]
    if not tenus:
        return Manques({}, (), ())
    interdit = (await parametres.lire(ctx)).stock_negatif_interdit
    variations = await stock.ajuster(ctx, tenus, negatif_interdit=interdit)
    return await manques(ctx, variations, {article for un in faits for article in un.etabli.substituts})


async def _avertir(ctx: Contexte, faits: Sequence[Fait], constat: Manques) -> dict[UUID, list[Avertissement]]:
    semblables = await requetes.doublons(ctx, [un.document for un in faits])
    connus = await _calendriers(ctx, faits)
    depasses = await _depassements(ctx, faits)
    annonces = await annoncer(ctx, [(un.document, un.lignes) for un in faits])
    dits: dict[UUID, list[Avertissement]] = {}
    for un in faits:
        document, lignes = un.document, un.lignes
        trop = depasses.get(document.tiers)
        dits[un.identifiant] = [
            *du_contenu(ctx, un.etabli, lignes, semblables.get(un.identifiant, ())),
            *([] if trop is None else [avertir(ctx, trop.code, trop.pointeur, **trop.valeurs)]),
            *de_livraison(ctx, document, jours_de_livraison(document, lignes), connus.get(document.tiers)),
            *constat.avertissements(ctx, lignes),
            *annonces.get(un.identifiant, ()),
        ]
    return dits


async def _calendriers(ctx: Contexte, faits: Sequence[Fait]) -> Mapping[str, CalendrierConnu]:
    jours = [jour for un in faits for jour in jours_de_livraison(un.document, un.lignes)]
    if not jours:
        return {}
    return await calendriers(ctx, {un.document.tiers for un in faits}, min(jours), max(jours))


async def _depassements(ctx: Contexte, faits: Sequence[Fait]) -> dict[str, LimiteCreditDepassee]:
    surveillances = {un.document.tiers: un.etabli.credit for un in faits if un.etabli.credit is not None}
    trouves = {numero: await credit.depasse(ctx, surveillances[numero]) for numero in sorted(surveillances)}
    return {numero: trop for numero, trop in trouves.items() if trop is not None}
