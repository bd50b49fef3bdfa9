"""Doing a job: item after item, each in a transaction that keeps its work and its outcome together.

The connection that does the work also holds the job (`requetes.prendre`), so a worker that lost it can neither go on
nor be doubled. What a worker leaves behind when it dies is a job with fewer items to do.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from aurore_api.socle.base import Base
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.cles import CleConnue, cle_de_travail
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.travaux import requetes
from aurore_api.socle.travaux.evenements import consigner_travail
from aurore_api.socle.travaux.file import Lieu
from aurore_api.socle.travaux.genres import Etape, Genre, Genres, Issue
from aurore_api.socle.travaux.problemes import probleme_de, probleme_nomme
from aurore_api.socle.travaux.tables import FINIS, EtapeTravail, EtatTravail

ESSAIS_MAX = 5
"""How often a worker may die of one item before it counts as failed."""
CONFLITS_MAX = 5
"""How often an item that met another change in the database is tried again."""


class TravailPris(Exception):
    """Another worker does it."""


class GenreInconnu(Exception):
    """This version of the program does not know the kind of job; another worker may."""


async def derouler(base: Base, genres: Genres, lieu: Lieu, arret: asyncio.Event) -> bool:
    """Do what is left of a job; says whether it is over. It is left after its current item when `arret` is set.

    Raises:
        TravailPris: another worker does it.
        GenreInconnu: it is not one of these kinds.
        SQLAlchemyError, OSError: the database went away; what was committed stays done.
    """
    async with base.connexion() as connexion:
        async with await base.session(connexion, lieu.schema) as session:
            ligne = await requetes.lire(session, lieu.travail)
            if ligne is not None and ligne.genre not in genres:
                raise GenreInconnu(ligne.genre)
            pris = await requetes.prendre(session, lieu.travail)
            await session.commit()
        if not pris:
            raise TravailPris
        deroulement = _Deroulement(base, connexion, genres, lieu)
        try:
            fini = await deroulement.aller(arret)
            async with await base.session(connexion, lieu.schema) as session:
                await requetes.lacher(session, lieu.travail)
                await session.commit()
        except BaseException:
            await connexion.invalidate()  # which lets go of the job
            raise
        return fini


@dataclass(slots=True)
class _Deroulement:
    """One worker's go at one job."""

    base: Base
    connexion: AsyncConnection
    genres: Genres
    lieu: Lieu
    conflits: int = field(default=0, init=False)

    async def aller(self, arret: asyncio.Event) -> bool:
        async with await self.base.session(self.connexion, self.lieu.schema) as session:
            essais = await requetes.commencer(session, self.lieu.travail, maintenant())
            await session.commit()
        if essais is None:
            return True
        if essais > ESSAIS_MAX:
            await self._renoncer()
        while not arret.is_set():
            if await self._avancer():
                return True
        async with await self.base.session(self.connexion, self.lieu.schema) as session:
            await requetes.laisser(session, self.lieu.travail)
            await session.commit()
        return False

    @asynccontextmanager
    async def _contexte(self, ligne: Row[Any], cle: CleConnue | None = None) -> AsyncIterator[Contexte]:
        """A transaction of its own, in the name of who asked."""
        async with await self.base.session(self.connexion, self.lieu.schema) as session:
            connue = cle or await cle_de_travail(session, ligne.cle)
            yield Contexte(
                session=session,
                cle=connue or CleConnue(ligne.cle, frozenset(), "", self.lieu.schema, "UTC"),
                requete_id=str(ligne.id),
                langue=ligne.langue,
                maintenant=maintenant(),
            )

    async def _lire(self) -> tuple[Row[Any] | None, CleConnue | None]:
        async with await self.base.session(self.connexion, self.lieu.schema) as session:
            ligne = await requetes.lire(session, self.lieu.travail)
            cle = None if ligne is None else await cle_de_travail(session, ligne.cle)
            await session.commit()
            return ligne, cle

    async def _avancer(self) -> bool:
        """Do the next thing; says whether the job is over."""
        ligne, cle = await self._lire()
        if ligne is None or ligne.etat in FINIS:
            return True
        if ligne.annulation_demandee:
            await self._finir(ligne, EtatTravail.ANNULE)
            return True
        if cle is None:
            await self._finir(ligne, EtatTravail.ANNULE, probleme="cle_revoquee")
            return True
        genre = self.genres[ligne.genre]
        async with self._contexte(ligne, cle) as ctx:
            etape = None if ligne.total is None else await requetes.suivante(ctx.session, ligne.id)
            try:
                if ligne.total is None:
                    await self._planifier(ctx, ligne, genre)
                elif etape is not None:
                    await self._executer(ctx, ligne, genre, etape)
                else:
                    await self._conclure(ctx, ligne, genre)
                await ctx.session.commit()
            except Exception as erreur:  # noqa: BLE001 (told of the item, or raised again)
                await ctx.session.rollback()
                return await self._echouer(ligne, etape, erreur)
        self.conflits = 0
        return ligne.total is not None and etape is None

    async def _planifier(self, ctx: Contexte, ligne: Row[Any], genre: Genre[Any]) -> None:
        plan = await genre.planifier(ctx, genre.parametres.model_validate(ligne.parametres))
        rangs = [
            EtapeTravail(travail=ligne.id, rang=rang, nom=une.nom, contenu=une.contenu)
            for rang, une in enumerate(plan.etapes, start=1)
        ]
        if await requetes.planifier(ctx.session, ligne.id, len(rangs), plan.constat):
            await inserer_en_bloc(ctx, rangs)

    async def _executer(self, ctx: Contexte, ligne: Row[Any], genre: Genre[Any], etape: Row[Any]) -> None:
        parametres = genre.parametres.model_validate(ligne.parametres)
        resultat = await genre.executer(ctx, parametres, Etape(etape.nom, etape.contenu))
        await ctx.session.flush()
        if not await requetes.noter_etape(ctx.session, ligne.id, etape.rang, maintenant(), resultat=resultat):
            await ctx.session.rollback()  # it was done, or given up, by someone else

    async def _conclure(self, ctx: Contexte, ligne: Row[Any], genre: Genre[Any]) -> None:
        issues = [Issue(une.nom, une.resultat, une.probleme) for une in await requetes.issues(ctx.session, ligne.id)]
        parametres = genre.parametres.model_validate(ligne.parametres)
        resultat = await genre.conclure(ctx, parametres, ligne.constat or {}, issues)
        tout_echoue = bool(issues) and all(une.probleme is not None for une in issues)
        etat = EtatTravail.ECHOUE if tout_echoue else EtatTravail.TERMINE
        apres = await requetes.finir(ctx.session, ligne.id, etat, ctx.maintenant, resultat=resultat)
        if apres is not None:
            await consigner_travail(ctx, "modification", ligne, apres)

    async def _echouer(self, ligne: Row[Any], etape: Row[Any] | None, erreur: Exception) -> bool:
        """Keep why an item failed, or the whole where there is no item to blame; a conflict is worth another try."""
        probleme = probleme_de(erreur, ligne.langue, f"{ligne.genre} {ligne.id}")
        if probleme.code == ConflitSimultane.code and self.conflits < CONFLITS_MAX:
            self.conflits += 1
            await asyncio.sleep(0.05 * self.conflits)
            return False
        ecrit = probleme.model_dump(mode="json")
        if etape is None:
            await self._finir(ligne, EtatTravail.ECHOUE, ecrit=ecrit)
            return True
        self.conflits = 0
        async with self._contexte(ligne) as ctx:
            await requetes.noter_etape(ctx.session, ligne.id, etape.rang, ctx.maintenant, probleme=ecrit)
            await ctx.session.commit()
        return False

    async def _renoncer(self) -> None:
        """Give up the item that workers died of, or the job where they died of planning it."""
        ligne, _ = await self._lire()
        if ligne is None or ligne.etat in FINIS:
            return
        async with self._contexte(ligne) as ctx:
            etape = await requetes.suivante(ctx.session, ligne.id)
            ecrit = probleme_nomme("travail_interrompu", ligne.langue).model_dump(mode="json")
            if etape is not None:
                await requetes.noter_etape(ctx.session, ligne.id, etape.rang, ctx.maintenant, probleme=ecrit)
                await ctx.session.commit()
                return
        await self._finir(ligne, EtatTravail.ECHOUE, ecrit=ecrit)

    async def _finir(
        self, ligne: Row[Any], etat: EtatTravail, *, probleme: str | None = None, ecrit: Any = None
    ) -> None:
        if probleme is not None:
            ecrit = probleme_nomme(probleme, ligne.langue).model_dump(mode="json")
        async with self._contexte(ligne) as ctx:
            apres = await requetes.finir(ctx.session, ligne.id, etat, ctx.maintenant, probleme=ecrit)
            if apres is not None:
                await consigner_travail(ctx, "modification", ligne, apres)
            await ctx.session.commit()
