"""Making a société: its schema, its Belgian defaults, its first key (TAB-02, SEC-06)."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, text
from sqlmodel import col

from aurore_api.exercices.tables import Exercice
from aurore_api.parametres.tables import Parametres
from aurore_api.socle.base import Base
from aurore_api.socle.cles import Cle, Societe, inserer_cle, nouveau_secret
from aurore_api.socle.horloge import jour_dans, maintenant
from aurore_api.socle.migrations import migrer_schema
from aurore_api.socle.portees import ADMIN
from aurore_api.tables.defauts import liens_par_defaut, lignes_par_defaut

PREMIERE = "principale"
NOM_PROVISOIRE = "Ma société"
"""What the first société is called until it is told its name."""
FUSEAU = "Europe/Brussels"
_CODE = re.compile(r"[a-z][a-z0-9_]{0,30}")


class SocieteRefusee(ValueError):
    """A code that cannot name a schema, or that is taken; the message is for the operator."""


@dataclass(frozen=True)
class Installation:
    """What `installer` found or made; `cle` only when a key was made just now."""

    societe: str
    cle: str | None


async def creer_societe(base: Base, code: str, nom: str) -> None:
    """Make a société with its defaults, or nothing of it.

    Raises:
        SocieteRefusee: the code is malformed or taken.
    """
    if not _CODE.fullmatch(code):
        raise SocieteRefusee("Le code d'une société : une minuscule, puis minuscules, chiffres ou _ (31 au plus).")
    instant, schema = maintenant(), f"societe_{code}"
    async with base.engine.begin() as connexion:
        await connexion.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('aurore.societes', 0))"))
        if (await connexion.scalar(select(col(Societe.code)).where(col(Societe.code) == code))) is not None:
            raise SocieteRefusee(f"La société {code} existe déjà.")
        await connexion.execute(insert(Societe).values(code=code, schema_nom=schema, fuseau=FUSEAU, creee_le=instant))
        await connexion.run_sync(migrer_schema, "societe", schema)
        session = await base.session(connexion, schema)
        session.add_all(lignes_par_defaut())
        session.add(exercice_de(jour_dans(instant, FUSEAU)))
        await session.flush()
        session.add_all([*liens_par_defaut(), Parametres(nom=nom, adresse={"pays": "BE"})])
        await session.flush()


def exercice_de(jour: date) -> Exercice:
    """The calendar year that holds a day."""
    return Exercice(code=str(jour.year), debut=date(jour.year, 1, 1), fin=date(jour.year, 12, 31))


async def creer_cle(
    base: Base,
    societe: str,
    libelle: str,
    portees: list[str],
    *,
    secret: str | None = None,
    expire_le: datetime | None = None,
) -> str:
    """Make a key of a société; gives its secret.

    Raises:
        SocieteRefusee: no such société.
    """
    secret = secret or nouveau_secret()
    async with base.engine.begin() as connexion:
        if (await connexion.scalar(select(col(Societe.code)).where(col(Societe.code) == societe))) is None:
            raise SocieteRefusee(f"La société {societe} n'existe pas.")
        await inserer_cle(
            connexion,
            secret,
            societe=societe,
            libelle=libelle,
            portees=portees,
            creee_le=maintenant(),
            expire_le=expire_le,
        )
    return secret


async def installer(base: Base, cle_initiale: str | None) -> Installation:
    """Make the first société and the first key of a fresh database; leave any other as it is.

    The first key is `cle_initiale` or a random one, which is then given back to be shown once. Of processes that start
    together one installs, and the others wait for it: their lock is held on a second connection.
    """
    async with base.engine.connect() as connexion:
        await connexion.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('aurore.installation', 0))"))
        societe = await connexion.scalar(select(col(Societe.code)).order_by(col(Societe.creee_le)).limit(1))
        cles = await connexion.scalar(select(func.count()).select_from(Cle))
        if societe is None:
            await creer_societe(base, PREMIERE, NOM_PROVISOIRE)
            societe = PREMIERE
        if cles:
            return Installation(societe, None)
        return Installation(societe, await creer_cle(base, societe, "Première clé", [ADMIN], secret=cle_initiale))
