"""`kill -9` of the API and of PostgreSQL in the middle of everything.

API-05, DOC-03, FOU-02, TRF-10, MVT-02, MVT-07, OPS-06.

What one client does alone and undisturbed is measured; what many do through crashes must be as many times that.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from http import HTTPStatus

import asyncpg
import pytest
from tests.recits.boulangerie import accepte, etablir
from tests.recits.serveur_aurore import CLE, Aurore, attendre, installation
from tests.recits.test_numeros_sous_panne import tuer_api, tuer_postgres
from tests.recits.vendeurs import GESTES, Vendeur

from aurore_api.socle.embarque import PostgresEmbarque

ZERO = Decimal(0)
Releve = dict[str, Decimal]
VENDEURS = 8
DERNIERES = 3
"""Bottles that are left for the vendors, each of whom wants one."""
PANNES_APRES = (15, 45, 75)
"""How many gestures are done when each kill comes."""
EN_PLEIN_MILIEU = 3
"""How many requests at least are in the middle of their writing then."""
MILIEUX = {"evenements": len(GESTES), "idempotences": len(GESTES) - 3}
"""Where requests are stopped, and how many of the gestures write there: only a POST has its answer kept."""
RELEVE = """
    SELECT 'document ' || type || ' ' || etat, count(*)::numeric FROM documents GROUP BY type, etat
    UNION ALL SELECT 'lignes ' || type, sum(quantite) FROM lignes JOIN documents d ON d.id = document GROUP BY type
    UNION ALL SELECT 'transféré ' || type, sum(quantite_transferee + quantite_abandonnee + quantite_retournee)
        FROM lignes JOIN documents d ON d.id = document GROUP BY type
    UNION ALL SELECT 'événement ' || ressource || ' ' || action, count(*) FROM evenements GROUP BY ressource, action
    UNION ALL SELECT 'mouvements', count(*) FROM mouvements
    UNION ALL SELECT 'stock ' || article || ' ' || depot || ' ' || compte, sum(quantite)
        FROM mouvements GROUP BY article, depot, compte
    UNION ALL SELECT 'réponses gardées', count(*) FROM idempotences
"""


@contextmanager
def base_de(aurore: Aurore) -> Iterator[Callable[[str], list[asyncpg.Record]]]:
    """Runs statements in the installation's database, beside its API, as a superuser."""
    with ExitStack() as pile:
        adresse = aurore.reglages.get("AURORE_DATABASE_URL")
        if adresse is None:
            adresse = pile.enter_context(PostgresEmbarque(aurore.dossier / "etat")).dsn_libpq()
        boucle = pile.enter_context(asyncio.Runner())
        connexion = boucle.run(asyncpg.connect(re.sub("//aurore@(localhost)?", "//postgres@", adresse)))
        boucle.run(connexion.execute("SET search_path TO societe_principale"))
        try:
            yield lambda requete: boucle.run(connexion.fetch(requete))
        finally:
            connexion.terminate()


def releve(aurore: Aurore) -> Releve:
    """How much there is of everything."""
    with base_de(aurore) as lire:
        return {nom: combien for nom, combien in lire(RELEVE) if combien}


def effet(avant: Releve, apres: Releve) -> Releve:
    """What came in between."""
    return {nom: apres.get(nom, ZERO) - avant.get(nom, ZERO) for nom in avant | apres}


def avec(debut: Releve, *effets: Releve) -> Releve:
    """What there is after that."""
    tout = {nom: sum((un.get(nom, ZERO) for un in (debut, *effets)), ZERO) for nom in set().union(debut, *effets)}
    return {nom: combien for nom, combien in tout.items() if combien}


@contextmanager
def table_tenue(aurore: Aurore, table: str) -> Iterator[Callable[[int], None]]:
    """Nobody can write into a table meanwhile; gives what waits until that many are stopped there in their middle."""
    with base_de(aurore) as executer:
        executer("BEGIN")
        executer(f"LOCK TABLE {table} IN SHARE MODE")

        def attendre_que_tous_y_soient(combien: int) -> None:
            arretees = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
            attendre(lambda: executer(arretees)[0][0] >= combien, f"{combien} écritures commencées")

        yield attendre_que_tous_y_soient


def exiger_sans_faute(aurore: Aurore) -> None:
    """OPS-06: the command finds nothing, on this very installation."""
    fait = aurore.commande("verifier")
    assert (fait.returncode, fait.stderr) == (0, ""), fait.stdout
    assert fait.stdout.endswith("Aucune différence.\n")


def exiger_une_fois(aurore: Aurore, vendeurs: Sequence[Vendeur], attendu: Releve) -> None:
    """API-05: all that was answered is there, once, also when it is asked for again."""
    assert releve(aurore) == attendu
    for un in vendeurs:
        un.repeter()
    assert releve(aurore) == attendu


def exiger_numeros(vendeurs: Sequence[Vendeur]) -> None:
    """DOC-03: of each type, what was answered is every number from 1 on, once."""
    imprimees = [un for vendeur in vendeurs for un in vendeur.imprimees]
    for genre in {genre for genre, _ in imprimees}:
        numeros = sorted(numero for autre, numero in imprimees if autre == genre)
        assert numeros == list(range(1, len(numeros) + 1)), genre


@pytest.fixture
def pile() -> Iterator[ExitStack]:
    """What is closed after the test."""
    with ExitStack() as pile:
        yield pile


def ouvrir(aurore: Aurore, pile: ExitStack) -> Vendeur:
    """The first vendor, in a bakery that forbids negative stock and has a commande for all to take from."""
    client = pile.enter_context(aurore.client())
    jour = etablir(client).isoformat()
    accepte(client.post("/v1/depots", json={"code": "NORD", "libelle": "Dépôt nord"}))
    accepte(client.post("/v1/fournisseurs", json={"numero": "MOULIN", "nom": "Moulin de la Sambre"}))
    lignes = [{"article": "BAG", "quantite": "9999"}, {"article": "EAU", "quantite": str(1 + DERNIERES)}]
    accepte(client.post("/v1/stock/corrections", json={"motif": "Ouverture", "lignes": lignes}))
    accepte(client.patch("/v1/parametres", json={"stock_negatif_interdit": True}, headers={"if-match": "*"}), 200)
    corps = {"type": "commande", "client": "C0012", "date": jour, "lignes": [{"article": "BAG", "quantite": "99"}]}
    return Vendeur(aurore, client, jour, accepte(client.post("/v1/documents", json=corps))["id"])


def tout_faire(vendeur: Vendeur, depart: int = 0) -> None:
    """Every gesture, in a circle."""
    noms = list(GESTES)
    for nom in noms[depart:] + noms[:depart]:
        vendeur.faire(nom)


def equipe(premier: Vendeur, combien: int, pile: ExitStack) -> list[Vendeur]:
    """Others who sell in the same bakery."""
    clients = [pile.enter_context(premier.aurore.client()) for _ in range(combien)]
    return [replace(premier, client=client, faits=[], imprimees=[], envoyees=[]) for client in clients]


def acheter(vendeur: Vendeur) -> bool:
    """One of the last bottles; whether it was still there (MVT-07)."""
    lignes = [{"article": "EAU", "quantite": "1"}]
    corps = {"type": "bordereau", "client": "C0012", "date": vendeur.jour, "lignes": lignes}
    reponse = vendeur.envoyer("/v1/documents", corps)
    if reponse.status_code == HTTPStatus.CONFLICT:
        assert reponse.json()["code"] == "stock_negatif_interdit"
        return False
    return bool(accepte(reponse))


@pytest.fixture
def externe(postgres, base_neuve) -> Iterator[Aurore]:
    """An API whose PostgreSQL is not its own, and goes on when it is killed."""
    adresse = postgres.dsn_libpq(base_neuve()).replace("@/", "@localhost/")
    with installation(AURORE_DATABASE_URL=adresse, AURORE_CLE_INITIALE=CLE) as aurore:
        fait = aurore.commande("migrer")
        assert fait.returncode == 0, fait.stderr
        aurore.demarrer()
        yield aurore


@pytest.mark.parametrize(
    ("fixture", "panne"),
    [("aurore", tuer_api), ("aurore", tuer_postgres), ("externe", Aurore.tuer)],
    ids=["api", "postgres", "api-seule"],
)
def test_api_05_what_is_killed_in_its_middle_is_done_once(request, fixture, panne, pile):
    """Each gesture has begun to write and none has ended when the kill comes; each is asked again and answered."""
    aurore: Aurore = request.getfixturevalue(fixture)
    premier = ouvrir(aurore, pile)
    tout_faire(premier)
    avant = releve(aurore)
    tout_faire(premier)
    une_fois = releve(aurore)
    vendeurs: list[Vendeur] = []
    for tour, (table, combien) in enumerate(MILIEUX.items(), 1):
        presents = equipe(premier, len(GESTES), pile)
        prets = [(un, agir, preparer(un)) for un, (preparer, agir) in zip(presents, GESTES.values(), strict=True)]
        with ThreadPoolExecutor(len(prets)) as fils:
            with table_tenue(aurore, table) as attendre_que_tous_y_soient:
                en_cours = [fils.submit(agir, un, avec_quoi) for un, agir, avec_quoi in prets]
                attendre_que_tous_y_soient(combien)
                panne(aurore)
            if not aurore.debout.is_set():
                aurore.demarrer()  # what had begun is let go first: starting forgets old answers, in that table
            for une in en_cours:
                une.result()
        assert sum(un.interruptions > 0 for un in presents) >= combien
        vendeurs += presents
        exiger_une_fois(aurore, vendeurs, avec(une_fois, *[effet(avant, une_fois)] * tour))
    exiger_numeros([premier, *vendeurs])
    exiger_sans_faute(aurore)


@pytest.mark.parametrize("panne", [tuer_api, tuer_postgres])
def test_ops_06_many_clients_doing_everything_through_three_kills_leave_no_fault(aurore, panne, pile):
    premier = ouvrir(aurore, pile)
    tout_faire(premier)
    debut = releve(aurore)
    tout_faire(premier)
    vecu = releve(aurore)
    assert acheter(premier)
    avant = releve(aurore)
    vendeurs = equipe(premier, VENDEURS, pile)

    def vivre(rang: int) -> bool:
        tout_faire(vendeurs[rang], rang)
        return acheter(vendeurs[rang])

    with ThreadPoolExecutor(VENDEURS) as fils:
        en_cours = [fils.submit(vivre, rang) for rang in range(VENDEURS)]
        for seuil in PANNES_APRES:
            attendre(partial(assez, vendeurs, seuil), f"{seuil} gestes")
            with table_tenue(aurore, "evenements") as attendre_que_tous_y_soient:
                attendre_que_tous_y_soient(EN_PLEIN_MILIEU)
                panne(aurore)
        assert sum(une.result() for une in en_cours) == DERNIERES
    vies, bouteilles = [effet(debut, vecu)] * VENDEURS, [effet(vecu, avant)] * DERNIERES
    exiger_une_fois(aurore, vendeurs, avec(avant, *vies, *bouteilles))
    exiger_numeros([premier, *vendeurs])
    exiger_sans_faute(aurore)


def assez(vendeurs: Sequence[Vendeur], seuil: int) -> bool:
    """Whether that many gestures are done."""
    return sum(len(un.faits) for un in vendeurs) >= seuil
