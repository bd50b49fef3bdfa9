"""Finding among 100,000 articles (ART-18), beside a scan of the same table by bare asyncpg."""

import asyncio
import json
import random
import statistics
import time
from collections.abc import Iterator
from urllib.parse import quote

import asyncpg

from bench.mesure import Rythme, comparer
from bench.plancher import SCHEMA
from bench.serveur import Appelant, Cible

ARTICLES = 100_000
FOIS = 10
MOTS = (
    "baguette croissant tarte éclair chocolat vanille fraise framboise citron moka praliné noisette amande sucre "
    "beurre lait farine seigle épeautre complet multigrain campagne tradition viennoise brioche couque suisse raisin "
    "pomme poire abricot cerise rhubarbe flan mousse bavarois opéra forêt noire royal millefeuille choux religieuse "
    "gaufre speculoos cramique craquelin mini grand petit moyen familial tranché cuit précuit surgelé bio sandwich"
)
RECHERCHES = {
    "two words, no accents": "creme brule",
    "a typing error": "cremme bruler",
    "two letters swapped": "framobise rhubarbe",
    "a bar code": "5499999999999",
    "a number's beginning": "Z0000",
    "two common words": "choco pomme",
    "one word of every twelfth article": "tarte",
    "nothing like it": "xylophonique",
}


def remplir(cible: Cible) -> None:
    """Add the articles, each with a name of two to five words and a bar code, set-based."""
    hasard = random.Random(20261124)
    mots = MOTS.split()
    numeros = [f"Z{rang:06d}" for rang in range(ARTICLES)]
    noms = [" ".join(hasard.sample(mots, hasard.randint(2, 5))) for _ in numeros]
    noms[ARTICLES // 2] = "Crème brûlée"
    codes = [str(5_400_000_000_000 + rang) for rang in range(ARTICLES)]
    codes[ARTICLES // 3] = "5499999999999"

    async def inserer() -> None:
        lien = await asyncpg.connect(cible.dsn)
        modele = dict(await lien.fetchrow(f"SELECT * FROM {SCHEMA}.articles LIMIT 1"))
        neuves = {"numero": "n.numero", "designation": "n.nom", "designation_pliee": "lower(unaccent(n.nom))"}
        neuves["codes_barres"] = "ARRAY[n.code]"
        valeurs = ", ".join(neuves.get(nom, f"m.{nom}") for nom in modele)
        await lien.execute(
            f"""INSERT INTO {SCHEMA}.articles ({", ".join(modele)})
                SELECT {valeurs} FROM unnest($1::text[], $2::text[], $3::text[]) AS n (numero, nom, code),
                (SELECT * FROM {SCHEMA}.articles LIMIT 1) AS m""",
            numeros,
            noms,
            codes,
        )
        await lien.execute("VACUUM ANALYZE")
        await lien.close()

    asyncio.run(inserer())


def _balayer(boucle: asyncio.Runner, lien: asyncpg.Connection, texte: str) -> None:
    """The same words without any index: what a search costs where nobody thought of one."""
    mots = [f"%{mot}%" for mot in texte.lower().split()]
    requete = f"SELECT * FROM {SCHEMA}.articles WHERE lower(unaccent(designation)) LIKE ALL ($1::text[]) LIMIT 50"
    boucle.run(lien.fetch(requete, mots))


def mesurer(cible: Cible) -> Iterator[Rythme]:
    """One search after another through the API, beside a scan."""
    appelant = cible.appelant()
    with asyncio.Runner() as boucle:
        lien = boucle.run(asyncpg.connect(cible.dsn))
        for quoi, texte in RECHERCHES.items():
            adresse = f"/v1/articles?recherche={quote(texte)}"

            def nous(adresse: str = adresse) -> None:
                for _ in range(FOIS):
                    appelant.appeler("GET", adresse)

            def balayage(texte: str = texte) -> None:
                _balayer(boucle, lien, texte)

            rythme = comparer(f"search {ARTICLES:,}: {quoi}", nous, balayage, 1)
            yield Rythme(rythme.quoi, rythme.nous * FOIS, rythme.plancher)
        boucle.run(lien.close())


def durees(cible: Cible) -> Iterator[str]:
    """How long each search takes, how many it finds on the first page, and whether it went through the index."""
    for quoi, texte in RECHERCHES.items():
        avant = _passages(cible)
        secondes, trouves = _chronometrer(cible.appelant(), f"/v1/articles?recherche={quote(texte)}")
        index = "index" if _passages(cible, plus_que=avant) > avant else "no index"
        yield f"{quoi:<44}{secondes * 1000:>8.1f} ms{trouves:>6} found   {index}"


def _chronometrer(appelant: Appelant, adresse: str) -> tuple[float, int]:
    mesures, trouves = [], 0
    for _ in range(FOIS):
        debut = time.perf_counter()
        trouves = len(json.loads(appelant.appeler("GET", adresse))["data"])
        mesures.append(time.perf_counter() - debut)
    return statistics.median(mesures), trouves


def _passages(cible: Cible, plus_que: int | None = None) -> int:
    """How often the index was gone through; PostgreSQL tells it late, so a rise is waited for, for a while."""

    async def lire() -> int:
        lien = await asyncpg.connect(cible.dsn)
        requete = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'ix_articles_recherche'"
        lu = 0
        for _ in range(1 if plus_que is None else 60):
            lu = await lien.fetchval(requete)
            if plus_que is not None and lu > plus_que:
                break
            await lien.execute("SELECT pg_sleep(0.2), pg_stat_clear_snapshot()")
        await lien.close()
        return lu

    return asyncio.run(lire())
