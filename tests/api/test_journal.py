"""SEC-04: every change leaves one event with who, when, what, before and after, and no event ever changes."""

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.api.images import image
from tests.api.reponses import donnees, si

from aurore_api.parametres import service

COLLISION = """INSERT INTO societe_principale.evenements OVERRIDING SYSTEM VALUE
               TABLE societe_principale.evenements ON CONFLICT (id) DO UPDATE SET cle = 2"""
UNITE = {"code": "BTE", "libelle": "Boîte"}


def journal(api, filtre=""):
    return donnees(api.get(f"/v1/evenements?limite=200{filtre}"))


def test_sec_04_an_event_says_who_when_what_before_and_after(api, cle_de):
    auteur = cle_de("parametres", "lecture")
    cle = donnees(api.get("/v1/cles"))[-1]["id"]
    cree = api.post("/v1/unites", json=UNITE, headers=auteur | {"x-requete-id": "demande-1"})
    change = api.patch("/v1/unites/BTE", json={"decimales": 0}, headers=auteur | si(1))
    api.delete("/v1/unites/BTE", headers=si(2))
    creation, modification, suppression = journal(api, "&ressource=unite&identifiant=BTE")
    assert (creation["action"], creation["avant"], creation["apres"]) == ("creation", None, cree.json())
    assert (creation["cle"], creation["requete"]) == (cle, "demande-1")
    assert (modification["action"], modification["avant"], modification["apres"]) == (
        "modification",
        cree.json(),
        change.json(),
    )
    assert modification["requete"] == change.headers["x-requete-id"]
    assert (suppression["action"], suppression["avant"], suppression["apres"]) == ("suppression", change.json(), None)
    assert suppression["cle"] != cle
    assert creation["instant"] <= modification["instant"] <= suppression["instant"]
    assert creation["id"] < modification["id"] < suppression["id"]


def test_sec_04_the_journal_is_read_per_resource(api):
    api.post("/v1/unites", json=UNITE)
    api.post("/v1/tarifs", json=UNITE)
    api.post("/v1/unites", json=UNITE | {"code": "ROL"})
    assert [un["identifiant"] for un in journal(api, "&ressource=unite")] == ["BTE", "ROL"]
    assert [un["ressource"] for un in journal(api, "&identifiant=BTE")] == ["unite", "tarif"]
    assert [un["ressource"] for un in journal(api, "&ressource=tarif&identifiant=BTE")] == ["tarif"]
    assert journal(api, "&ressource=unite&identifiant=X") == []


@pytest.mark.parametrize(
    ("methode", "adresse", "corps", "ressource", "action"),
    [
        ("POST", "/v1/exercices", {"code": "E", "debut": "2050-01-01", "fin": "2050-12-31"}, "exercice", "creation"),
        ("PATCH", "/v1/parametres", {"nom": "Autre"}, "parametres", "modification"),
        ("POST", "/v1/cles", {"libelle": "X", "portees": ["lecture"]}, "cle", "creation"),
        ("POST", "/v1/clients", {"numero": "C1", "nom": "X"}, "client", "creation"),
    ],
)
def test_sec_04_one_change_is_one_event(api, methode, adresse, corps, ressource, action):
    assert api.request(methode, adresse, json=corps, headers=si(1)).is_success
    (evenement,) = journal(api)
    assert (evenement["ressource"], evenement["action"]) == (ressource, action)


def test_sec_04_a_logo_a_counter_and_a_key_leave_theirs(api):
    exercice = donnees(api.get("/v1/exercices"))[0]["code"]
    logo = image("PNG")
    api.put("/v1/parametres/logo", content=logo, headers=si(1) | {"content-type": "image/png"})
    api.delete("/v1/parametres/logo", headers=si(2))
    numero = f"/v1/exercices/{exercice}/numeros/facture"
    api.patch(numero, json={"dernier": 40, "motif": "Reprise"}, headers=si(1))
    cle = api.post("/v1/cles", json={"libelle": "X", "portees": ["lecture"]}).json()["id"]
    api.delete(f"/v1/cles/{cle}", headers=si(1))
    assert [(un["ressource"], un["identifiant"], un["action"]) for un in journal(api)] == [
        ("parametres", "1", "modification"),
        ("parametres", "1", "modification"),
        ("numero", f"{exercice}/facture", "modification"),
        ("cle", str(cle), "creation"),
        ("cle", str(cle), "suppression"),
    ]


@pytest.mark.parametrize(
    ("methode", "adresse", "corps", "version"),
    [
        ("POST", "/v1/unites", {"code": "PCE", "libelle": "X"}, 1),
        ("PATCH", "/v1/unites/PCE", {"decimales": 9}, 1),
        ("PATCH", "/v1/unites/PCE", {"libelle": "X"}, 2),
        ("PATCH", "/v1/unites/PCE", {"libelle": "Pièce"}, 1),
        ("DELETE", "/v1/unites/PCE", None, 1),
        ("POST", "/v1/familles", {"code": "X", "libelle": "X", "departement": "ABSENT"}, 1),
    ],
    ids=["taken", "refused", "stale", "same", "in use", "unknown reference"],
)
def test_sec_04_what_changed_nothing_leaves_no_event(api, methode, adresse, corps, version):
    api.request(methode, adresse, json=corps, headers=si(version))
    assert journal(api) == []


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE societe_principale.evenements SET cle = 2",
        "UPDATE societe_principale.evenements SET apres = NULL WHERE false",
        "DELETE FROM societe_principale.evenements",
        "TRUNCATE societe_principale.evenements",
        COLLISION,
        "MERGE INTO societe_principale.evenements e USING (VALUES (1)) v(id) ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_sec_04_the_database_itself_keeps_the_journal_as_it_is(reelle, adresse_reelle, ordre):
    """As the role that the application connects with."""
    reelle.post("/v1/unites", json=UNITE)
    avant = journal(reelle)

    async def tenter():
        connexion = await asyncpg.connect(adresse_reelle.replace("+asyncpg", ""))
        try:
            with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
                await connexion.execute(ordre)
        finally:
            await connexion.close()

    reelle.attendre(tenter)
    assert journal(reelle) == avant != []


def test_api_10_a_get_may_not_even_write(reelle, monkeypatch):
    """Reading runs in a read-only transaction: a mistake in the code could not change anything."""

    async def ecrire(ctx):
        await ctx.session.execute(text("UPDATE societe_principale.parametres SET nom = 'X'"))

    monkeypatch.setattr(service, "lire", ecrire)
    with pytest.raises(DBAPIError, match="read-only transaction"):
        reelle.get("/v1/parametres")
