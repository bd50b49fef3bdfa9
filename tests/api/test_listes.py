"""Lists (API-04): every row exactly once, whatever happens meanwhile."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.reponses import donnees, erreurs, refus, si


def curseur(valeurs):
    """A cursor that we make ourselves."""
    return base64.urlsafe_b64encode(json.dumps(valeurs).encode()).decode().rstrip("=")


def parcourir(api, adresse, entretemps=lambda _page: None):
    """Follow a list to its end; gives its pages."""
    pages = []
    while adresse:
        reponse = api.get(adresse)
        pages.append(donnees(reponse))
        assert len(pages) < 100, "the list never ends"
        suivant, lien = reponse.json()["curseur_suivant"], reponse.headers.get("link")
        assert (suivant is None) == (lien is None)
        adresse = None
        if lien:
            adresse, relation = lien.split("; ")
            assert relation == 'rel="next"'
            adresse = adresse.strip("<>")
            assert parse_qs(urlsplit(adresse).query)["curseur"] == [suivant]
        entretemps(len(pages))
    return pages


@pytest.fixture
def douze(api):
    """The API with twelve clients of four names, C00 to C11."""
    for rang in range(12):
        nom = ("Été", "Zoé", "été", "Axel")[rang % 4]
        assert api.post("/v1/clients", json={"numero": f"C{rang:02}", "nom": nom}).status_code == 201
    return api


@pytest.mark.parametrize("tri", ["numero", "-numero", "nom", "-nom"])
@pytest.mark.parametrize("limite", [1, 5, 6, 12, 200])
def test_api_04_pages_give_every_row_once_in_order(douze, tri, limite):
    entier = [un["numero"] for un in donnees(douze.get(f"/v1/clients?tri={tri}&limite=200"))]
    pages = parcourir(douze, f"/v1/clients?tri={tri}&limite={limite}&numero=C")
    assert [un["numero"] for page in pages for un in page] == entier
    assert all(len(page) == limite for page in pages[:-1])
    assert sorted(entier) == [f"C{rang:02}" for rang in range(12)]


def test_api_04_names_are_sorted_as_people_look_for_them(douze):
    noms = [un["nom"] for un in donnees(douze.get("/v1/clients?tri=nom"))]
    assert noms == ["Axel"] * 3 + ["Été", "été"] * 3 + ["Zoé"] * 3


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ajouts=st.lists(st.integers(0, 99), max_size=8), limite=st.integers(1, 4), tri=st.sampled_from(["", "-"]))
def test_api_04_rows_added_and_removed_meanwhile_shift_nothing(douze, ajouts, limite, tri):
    """Whoever was there from the beginning to the end is seen exactly once."""
    ajoutes = []

    def changer(page):
        if page <= len(ajouts):
            numero = f"C{ajouts[page - 1]:02}x"
            if douze.post("/v1/clients", json={"numero": numero, "nom": "Été"}).is_success:
                ajoutes.append(numero)
        elif ajoutes:
            assert douze.delete(f"/v1/clients/{ajoutes.pop()}", headers=si(1)).status_code == 204

    pages = parcourir(douze, f"/v1/clients?tri={tri}nom&limite={limite}", changer)
    vus = [un["numero"] for page in pages for un in page]
    assert len(vus) == len(set(vus))
    assert sorted(un for un in vus if not un.endswith("x")) == [f"C{rang:02}" for rang in range(12)]
    for numero in ajoutes:
        douze.delete(f"/v1/clients/{numero}", headers=si(1))


def test_api_04_a_cursor_goes_through_any_name(api):
    """Long names and those outside of ASCII fit a cursor."""
    for rang, nom in enumerate(["é" * 200, "\u00a0\u200b😀" * 66, "%_\\'\"", "日本"]):
        assert api.post("/v1/clients", json={"numero": f"C{rang}", "nom": nom}).status_code == 201
    for tri in ("nom", "-nom"):
        assert len(parcourir(api, f"/v1/clients?tri={tri}&limite=1")) == 4


def test_api_04_the_limit_has_bounds(api):
    assert len(donnees(api.get("/v1/unites?limite=1"))) == 1
    assert api.get("/v1/unites?limite=200").status_code == 200
    for limite in (0, 201):
        assert erreurs(api.get(f"/v1/unites?limite={limite}")) == (422, [("?limite", "hors_bornes")])


def test_api_04_fifty_rows_come_by_default(api):
    for rang in range(60):
        api.post("/v1/codes-statistiques", json={"code": f"T{rang:02}", "libelle": "X"})
    assert [len(page) for page in parcourir(api, "/v1/codes-statistiques")] == [50, 10]


@pytest.mark.parametrize(
    "forge",
    [
        "",
        "%00",
        "!!!",
        "é",
        "a" * 2001,
        curseur([]),
        curseur(["PCE", "KG"]),
        curseur([1]),
        curseur([None]),
        curseur([["PCE"]]),
        curseur(["\x00"]),
        curseur(["\ud800"]),
        curseur({"PCE": 1}),
        curseur("P"),
        base64.urlsafe_b64encode(b"[" * 1000).decode(),
        base64.urlsafe_b64encode(b'["\xff"]').decode(),
    ],
)
def test_api_04_a_forged_cursor_is_refused(api, forge):
    statut, champs = erreurs(api.get("/v1/unites", params={"curseur": forge} if forge != "%00" else "curseur=%00"))
    assert (statut, [lieu for lieu, _ in champs]) == (422, ["?curseur"])


@pytest.mark.parametrize("forge", ["x", "1_0", "\uff11", "1e5", "NaN", "9" * 30, "-" * 9, ""])
def test_api_04_so_is_one_whose_number_is_none(api, forge):
    assert erreurs(api.get(f"/v1/evenements?curseur={curseur([forge])}")) == (422, [("?curseur", "curseur_refuse")])


def test_api_04_a_cursor_belongs_to_its_order(douze):
    suivant = douze.get("/v1/clients?tri=nom&limite=2").json()["curseur_suivant"]
    assert refus(douze.get(f"/v1/clients?tri=numero&limite=2&curseur={suivant}")) == (422, "curseur_refuse")


def test_api_04_the_next_link_keeps_the_filters(douze):
    lien = douze.get("/v1/clients?nom=été&limite=1&tri=-nom").headers["link"]
    demande = parse_qs(urlsplit(lien.split(">")[0].strip("<")).query)
    assert {nom: valeurs for nom, valeurs in demande.items() if nom != "curseur"} == {
        "nom": ["été"],
        "limite": ["1"],
        "tri": ["-nom"],
    }
