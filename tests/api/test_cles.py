"""API keys: their life (SEC-01), their société (SEC-03), their secret (SEC-06)."""

import asyncio
import logging

import asyncpg
import pytest
import time_machine
from tests.api.operations import PLAUSIBLES, operations
from tests.api.reponses import donnees, erreurs, refus, si
from tests.conftest import CLE

from aurore_api.societes import creer_cle, creer_societe, installer
from aurore_api.socle.base import Base
from aurore_api.socle.migrations import migrer

LIRE = {"libelle": "Vitrine", "portees": ["lecture"]}


def presenter(secret):
    return {"authorization": f"Bearer {secret}"}


def test_sec_01_a_key_lives_and_ends(api):
    cree = api.post("/v1/cles", json=LIRE | {"portees": ["saisie", "lecture", "saisie"]})
    cle = cree.json()
    secret = cle.pop("secret")
    assert (cree.status_code, cree.headers["location"]) == (201, f"/v1/cles/{cle['id']}")
    assert cle["portees"] == ["lecture", "saisie"]
    assert secret.startswith(cle["prefixe"] + "_")
    assert len(secret) - len(cle["prefixe"]) > 40
    lue = api.get(f"/v1/cles/{cle['id']}")
    assert (lue.json(), lue.headers["etag"]) == (cle, '"1"')
    assert cle in donnees(api.get("/v1/cles"))
    assert refus(api.delete(f"/v1/cles/{cle['id']}")) == (428, "version_requise")
    assert api.delete(f"/v1/cles/{cle['id']}", headers=si(1)).status_code == 204
    finie = api.get(f"/v1/cles/{cle['id']}")
    assert finie.json()["revoquee_le"] is not None
    assert finie.headers["etag"] == '"2"'
    assert refus(api.delete(f"/v1/cles/{cle['id']}", headers=si(1))) == (412, "version_perimee")


@pytest.mark.parametrize("en_tete", ["Bearer {}", "bearer {}", "BEARER   {}"])
def test_sec_01_a_key_is_presented_as_a_bearer_or_in_its_own_header(api, cle_de, en_tete):
    secret = cle_de("lecture")["authorization"].removeprefix("Bearer ")
    assert api.get("/v1/unites", headers={"authorization": en_tete.format(secret)}).status_code == 200
    assert api.get("/v1/unites", headers={"authorization": "", "x-api-key": secret}).status_code == 200


def test_sec_01_a_refused_key_is_told_nothing(api):
    """Unknown, revoked or absent: the same answer."""
    cle = api.post("/v1/cles", json=LIRE).json()
    api.delete(f"/v1/cles/{cle['id']}", headers=si(1))
    reponses = [
        api.get("/v1/unites", headers={"authorization": un}) for un in ("", "Bearer x", f"Bearer {cle['secret']}")
    ]
    assert {une.status_code for une in reponses} == {401}
    assert {une.headers["www-authenticate"] for une in reponses} == {"Bearer"}
    corps = [une.json() | {"requete_id": ""} for une in reponses]
    assert corps[0] == corps[1] == corps[2]


@pytest.mark.parametrize(
    ("change", "attendue"),
    [
        ({"portees": []}, ("#/portees", "liste_trop_courte")),
        ({"portees": ["tout"]}, ("#/portees/0", "format_incorrect")),
        ({"portees": ["magasin:"]}, ("#/portees/0", "format_incorrect")),
        ({"portees": ["magasin: X"]}, ("#/portees/0", "format_incorrect")),
        ({"libelle": ""}, ("#/libelle", "texte_trop_court")),
        ({"expire_le": "2020-01-01T00:00:00Z"}, ("#/expire_le", "expiration_passee")),
        ({"secret": "choisi"}, ("#", "champ_inconnu")),
    ],
)
def test_sec_01_a_bad_key_is_not_made(api, change, attendue):
    assert erreurs(api.post("/v1/cles", json=LIRE | change)) == (422, [attendue])


def test_sec_01_the_last_use_is_noted_by_the_minute_even_of_a_refused_request(reelle):
    def derniere():
        return reelle.get(f"/v1/cles/{cle['id']}").json()["derniere_utilisation"]

    with time_machine.travel("2030-01-01T08:00:00Z", tick=False) as temps:
        cle = reelle.post("/v1/cles", json=LIRE).json()
        assert derniere() is None
        assert reelle.get("/v1/cles", headers=presenter(cle["secret"])).status_code == 403
        assert derniere() == "2030-01-01T08:00:00Z"
        temps.move_to("2030-01-01T08:01:00Z")
        reelle.get("/v1/unites", headers=presenter(cle["secret"]))
        assert derniere() == "2030-01-01T08:00:00Z"
        temps.move_to("2030-01-01T08:01:01Z")
        reelle.get("/v1/unites", headers=presenter(cle["secret"]))
        assert derniere() == "2030-01-01T08:01:01Z"


async def _tout_le_texte(adresse):
    """Every row of every table, as text."""
    connexion = await asyncpg.connect(adresse.replace("+asyncpg", ""))
    tables = await connexion.fetch(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname ~ '^(aurore|societe_)'"
    )
    lignes = [await connexion.fetch(f"SELECT t::text FROM {table[0]} t") for table in tables]
    await connexion.close()
    return "\n".join(ligne[0] for table in lignes for ligne in table)


def test_sec_06_a_secret_is_neither_stored_nor_logged(reelle, adresse_reelle, caplog):
    caplog.set_level(logging.DEBUG)
    demande = {"json": LIRE, "headers": {"idempotency-key": "1"}}
    secret = reelle.post("/v1/cles", **demande).json()["secret"]
    reelle.post("/v1/cles", **demande)
    reelle.get("/v1/unites", headers=presenter(secret))
    reelle.get("/v1/unites", headers=presenter(secret + "x"))
    base = asyncio.run(_tout_le_texte(adresse_reelle))
    assert "Vitrine" in base
    for texte in (base, caplog.text, reelle.get("/v1/cles").text, reelle.get("/v1/evenements").text):
        assert secret not in texte
        assert secret.encode().hex() not in texte
        assert CLE not in texte


def test_sec_06_the_first_key_is_random_unless_it_is_given(postgres, base_neuve):
    async def deux_fois(nom, cle):
        base = Base(postgres.dsn(nom), connexions=2)
        await migrer(base)
        faites = [await installer(base, cle), await installer(base, cle)]
        await base.fermer()
        return faites

    (une, encore), (autre, _), (donnee, _) = (
        asyncio.run(deux_fois(base_neuve(), cle)) for cle in (None, None, "la-mienne-et-longue")
    )
    assert une.cle != autre.cle
    assert len(une.cle) > 50
    assert encore.cle is None
    assert donnee.cle == "la-mienne-et-longue"


@pytest.fixture
def voisine(reelle):
    """The headers of an administrator of another société on the same server."""
    base = reelle.app.state.base
    reelle.attendre(creer_societe, base, "voisine", "La voisine")
    return presenter(reelle.attendre(creer_cle, base, "voisine", "Clé", ["admin"]))


def test_sec_03_a_key_reaches_nothing_of_another_societe(reelle, voisine):
    """Every operation with identifiers of the one société and an administrator's key of the other."""
    for chemin, ligne in (
        ("unites", {"code": "ZQXJ", "libelle": "ZQXJ"}),
        ("tournees", {"numero": "ZQXJ", "nom": "ZQXJ"}),
        ("clients", {"numero": "ZQXJ", "nom": "ZQXJ"}),
        ("exercices", {"code": "ZQXJ", "debut": "2050-01-01", "fin": "2050-12-31"}),
        (
            "articles",
            {"numero": "ZQXJ", "designation": "ZQXJ", "unite": "PCE", "prix_vente": "1", "code_tva_vente": "6"},
        ),
    ):
        assert reelle.post(f"/v1/{chemin}", json=ligne).status_code == 201, chemin
    assert reelle.post("/v1/clients/ZQXJ/adresses", json={"libelle": "ZQXJ"}).json()["id"] == 1
    commande = {"type": "commande", "client": "ZQXJ", "lignes": [{"article": "ZQXJ", "quantite": "1"}]}
    document = reelle.post("/v1/documents", json=commande)
    assert document.status_code == 201, document.text
    connus = PLAUSIBLES | {"numero": "ZQXJ", "code": "ZQXJ", "id": document.json()["id"]}
    avant = reelle.get("/v1/evenements").text
    for une in operations(reelle.app):
        en_tetes = {**voisine, "if-match": "*", "content-type": une.corps or ""}
        corps = b"{}" if une.corps else b""
        reponse = reelle.request(une.methode, une.adresse(connus) + une.periode, headers=en_tetes, content=corps)
        assert "ZQXJ" not in reponse.text, une.identifiant
        vises = une.parametres.keys() - {"genre"}  # which kind of table: every société has it
        if vises:
            assert reponse.status_code in {404, 422}, (une.identifiant, reponse.text)
        if vises and not une.corps:
            assert reponse.status_code == 404, (une.identifiant, reponse.text)
    assert reelle.get("/v1/evenements").text == avant


def test_sec_03_keys_are_made_seen_and_revoked_within_their_societe(reelle, voisine):
    ici, la = donnees(reelle.get("/v1/cles")), donnees(reelle.get("/v1/cles", headers=voisine))
    assert {une["id"] for une in ici}.isdisjoint(une["id"] for une in la)
    assert refus(reelle.get(f"/v1/cles/{ici[0]['id']}", headers=voisine)) == (404, "ressource_absente")
    assert refus(reelle.delete(f"/v1/cles/{ici[0]['id']}", headers=voisine | si(1))) == (404, "ressource_absente")
    faite = presenter(reelle.post("/v1/cles", json=LIRE, headers=voisine).json()["secret"])
    assert reelle.post("/v1/unites", json={"code": "BTE", "libelle": "X"}).status_code == 201
    assert reelle.get("/v1/unites/BTE", headers=faite).status_code == 404


def test_sec_03_the_same_numbers_live_in_each_societe(reelle, voisine):
    ici = presenter(CLE)
    for cle, nom in ((ici, "Ici"), (voisine, "Là")):
        assert reelle.post("/v1/clients", json={"numero": "C1", "nom": nom}, headers=cle).status_code == 201
        sous = {"idempotency-key": "meme"} | cle
        assert reelle.post("/v1/unites", json={"code": "BTE", "libelle": nom}, headers=sous).status_code == 201
    assert [reelle.get("/v1/clients/C1", headers=cle).json()["nom"] for cle in (ici, voisine)] == ["Ici", "Là"]
