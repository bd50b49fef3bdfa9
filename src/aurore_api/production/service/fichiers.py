"""The list as files: CSV, and the PDF that hangs on the wall."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from anyio import to_thread

from aurore_api.echanges.colonnes import Colonne, Sorte
from aurore_api.echanges.ecriture_csv import EcritureCsv
from aurore_api.echanges.schemas import EncodageCsv, SeparateurCsv
from aurore_api.impression.production.modele import FamilleAProduire, LigneAProduire, ListeAProduire
from aurore_api.impression.production.rendu import rendre_production
from aurore_api.impression.rendu import MOTEUR
from aurore_api.impressions_production import service as impressions
from aurore_api.parametres import service as parametres
from aurore_api.production.schemas import LigneImprimee, LigneProduction
from aurore_api.production.service.calculer import calculer, servir
from aurore_api.production.service.choix import Choix
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.types import ecrire_quantite

_CSV: dict[str, Sorte] = {
    "date": "jour",
    "famille": "texte",
    "article": "texte",
    "designation": "texte",
    "unite": "texte",
    "magasins": "decimal",
    "clients": "decimal",
    "commandes_types": "decimal",
    "restes": "decimal",
    "a_produire": "decimal",
    "surplus": "decimal",
    "unite_production": "texte",
    "a_produire_unite_production": "decimal",
}


async def csv(ctx: Contexte, choix: Choix, separateur: SeparateurCsv, encodage: EncodageCsv) -> bytes:
    """The list as it is now, a row per article."""
    lignes = servir(await calculer(ctx, choix))
    ecriture = EcritureCsv(
        [Colonne(nom, (nom,), sorte, nulle=True) for nom, sorte in _CSV.items()], separateur, encodage
    )
    ecriture.ajouter([choix.jour if nom == "date" else _cellule(getattr(une, nom)) for nom in _CSV] for une in lignes)
    return ecriture.finir()


def _cellule(valeur: str | Decimal | None) -> str | Decimal | None:
    """A quantity without zeros at its end, as people write it."""
    return Decimal(ecrire_quantite(valeur)) if isinstance(valeur, Decimal) else valeur


async def apercu(ctx: Contexte, choix: Choix) -> bytes | None:
    """The PDF of the list as it is now, marked as a preview; None where the caller's ETag is still good."""
    reglages = await parametres.lire(ctx)
    modele = ListeAProduire(
        langue=reglages.langue,
        societe=reglages.nom,
        jour=choix.jour,
        version=None,
        imprime_le=_local(ctx, ctx.maintenant),
        familles=_familles(servir(await calculer(ctx, choix))),
    )
    # The moment it is asked for makes no other list of it.
    return await _rendre(ctx, modele, replace(modele, imprime_le=datetime.min.replace(tzinfo=UTC)))


async def pdf(ctx: Contexte, identifiant: UUID) -> tuple[bytes | None, str]:
    """The PDF of a printed list, the same to the byte whenever it is asked for, and its file name.

    Raises:
        RessourceAbsente: no such list was printed.
    """
    une = await impressions.lire(ctx, identifiant)
    lignes = [LigneImprimee.model_validate({**ligne, "detail": None}) for ligne in une.lignes]
    modele = ListeAProduire(
        langue=une.langue,  # type: ignore[arg-type]  # stored from one
        societe=une.societe,
        jour=une.date,
        version=une.version,
        imprime_le=_local(ctx, une.imprime_le),
        familles=_familles(lignes),
    )
    return await _rendre(ctx, modele, modele), f"production-{une.date}-v{une.version}.pdf"


async def _rendre(ctx: Contexte, modele: ListeAProduire, dont: ListeAProduire) -> bytes | None:
    ctx.servir_version(sha256(b"\0".join((MOTEUR.encode(), repr(dont).encode()))).hexdigest()[:32])
    return None if ctx.est_connue() else await to_thread.run_sync(rendre_production, modele)


def _local(ctx: Contexte, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(ctx.cle.fuseau))


def _familles(lignes: Iterable[LigneProduction]) -> Sequence[FamilleAProduire]:
    """The lines, which come by family."""
    return tuple(
        FamilleAProduire(titre=titre, lignes=tuple(map(_ligne, siennes)))
        for (_, titre), siennes in groupby(lignes, key=lambda une: (une.famille, une.famille_libelle))
    )


def _ligne(ligne: LigneProduction) -> LigneAProduire:
    return LigneAProduire(
        article=ligne.article,
        designation=ligne.designation,
        unite=ligne.unite,
        magasins=ligne.magasins,
        clients=ligne.clients,
        commandes_types=ligne.commandes_types,
        restes=ligne.restes,
        a_produire=ligne.a_produire,
        surplus=ligne.surplus,
        unite_production=ligne.unite_production,
        a_produire_unite_production=ligne.a_produire_unite_production,
        precedent=ligne.precedent if isinstance(ligne, LigneImprimee) else None,
    )
