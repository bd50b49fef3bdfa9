"""What refusals look like (API-01), and what the protocol refuses (API-03)."""

import httpx
import pytest
from tests.api.reponses import erreurs, refus, si
from tests.conftest import CLE

PROFOND = "[" * 100_000 + "]" * 100_000
JSON = {"content-type": "application/json"}
ILLISIBLES = {
    "fr": "Un nombre est attendu, pas moins de 0 : au plus 10 chiffres avant le séparateur décimal (.) et 4 après.",
    "nl": "Er wordt een getal verwacht, niet kleiner dan 0: hoogstens 10 cijfers voor het decimaalteken (.) en 4 erna.",
    "de": "Erwartet wird eine Zahl, nicht kleiner als 0: höchstens 10 Ziffern vor dem Dezimalzeichen (.) und 4 danach.",
    "en": "A number is expected, not less than 0: at most 10 digits before the decimal separator (.) and 4 after it.",
}
"""What is said of a price that cannot be read."""


def test_api_01_a_refusal_is_a_problem(api):
    reponse = api.post("/v1/unites", json={"code": "X", "decimales": 9}, headers={"x-requete-id": "essai-0001"})
    assert (reponse.status_code, reponse.headers["content-type"]) == (422, "application/problem+json")
    assert reponse.headers["content-language"] == "fr"
    corps = reponse.json()
    assert corps.pop("erreurs") == [
        {"pointeur": "#/libelle", "code": "champ_requis", "detail": "Champ requis"},
        {
            "pointeur": "#/decimales",
            "code": "hors_bornes",
            "detail": "La valeur sort des bornes permises (minimum —, maximum 6).",
        },
    ]
    assert corps == {
        "type": "urn:aurore:probleme:entree_refusee",
        "title": "Données refusées",
        "status": 422,
        "detail": "2 champ(s) à corriger.",
        "code": "entree_refusee",
        "requete_id": "essai-0001",
    }


def test_api_01_every_answer_has_its_request_id(api):
    bonne, mauvaise = api.get("/v1/unites"), api.get("/v1/rien", headers={"x-requete-id": "trop/curieux\\"})
    assert len(bonne.headers["x-requete-id"]) == 32
    assert mauvaise.json()["requete_id"] == mauvaise.headers["x-requete-id"] != bonne.headers["x-requete-id"]


@pytest.mark.parametrize(
    ("voulues", "servie"),
    [
        (None, "fr"),
        ("nl", "nl"),
        ("de-BE", "de"),
        ("en-GB,fr;q=0.9", "en"),
        ("es, nl;q=0.5, de;q=0.7", "de"),
        ("es", "fr"),
        ("en;q=0", "fr"),
        ("en;q=x,nl", "nl"),
        ("*", "fr"),
        (";;;,,,", "fr"),
    ],
)
def test_api_01_texts_come_in_the_readers_language(api, voulues, servie):
    reponse = api.get("/v1/unites/ABSENTE", headers={} if voulues is None else {"accept-language": voulues})
    assert (reponse.status_code, reponse.json()["code"]) == (404, "ressource_absente")
    assert reponse.headers["content-language"] == servie


MARQUE = "zqxj"


@pytest.mark.parametrize(
    ("methode", "adresse", "corps"),
    [
        ("POST", "/v1/unites", {"code": f"{MARQUE}/", "libelle": f"{MARQUE}\n", "code_unece": MARQUE, MARQUE: MARQUE}),
        ("POST", "/v1/categories-tva", {"code": "X", "libelle": "X", "regime": MARQUE}),
        ("POST", "/v1/codes-tva", {"code": "X", "libelle": "X", "taux": [{"du": MARQUE, "taux": MARQUE}]}),
        ("POST", "/v1/codes-tva", {"code": "X", "libelle": "X", "taux": {MARQUE: MARQUE}}),
        ("POST", "/v1/clients", {"numero": "X", "nom": "X", "numero_tva": MARQUE, "textes": {MARQUE: {MARQUE: 1}}}),
        ("POST", "/v1/clients", {"numero": "X", "nom": "X", "tarif": MARQUE}),
        ("POST", "/v1/cles", {"libelle": "X", "portees": [MARQUE]}),
        ("POST", f"/v1/unites?{MARQUE}={MARQUE}", {"code": "X", "libelle": "X"}),
        ("PATCH", "/v1/parametres", {"modeles_numero": {MARQUE: MARQUE}}),
        ("PATCH", "/v1/parametres", {"modeles_numero": {"facture": f"{MARQUE}<"}}),
        ("GET", f"/v1/{MARQUE}", None),
        ("GET", f"/v1/unites/{MARQUE}", None),
        ("GET", f"/v1/exercices/2026/numeros/{MARQUE}", None),
        ("GET", f"/v1/clients?tri={MARQUE}", None),
        ("GET", f"/v1/clients?curseur={MARQUE}", None),
    ],
)
def test_api_01_the_input_is_never_echoed(api, methode, adresse, corps):
    reponse = api.request(methode, adresse, json=corps, headers=si(1) | {"idempotency-key": MARQUE})
    assert 400 <= reponse.status_code < 500, reponse.text
    assert MARQUE not in reponse.text
    assert MARQUE not in str(reponse.headers)


def test_api_01_an_accident_says_nothing_but_its_number(api, monkeypatch, caplog):
    def trebucher(*_):
        raise ZeroDivisionError("SELECT secret FROM cles")

    async def demander():
        prudent = httpx.ASGITransport(api.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=prudent, base_url="http://aurore.test") as http:
            return await http.get("/v1/parametres", headers={"authorization": f"Bearer {CLE}"})

    monkeypatch.setattr("aurore_api.parametres.service.lire", trebucher)
    reponse = api.attendre(demander)
    assert refus(reponse) == (500, "erreur_interne")
    assert "SELECT" not in reponse.text
    assert reponse.headers["x-requete-id"] == reponse.json()["requete_id"]
    assert "SELECT secret" in caplog.text
    assert reponse.json()["requete_id"] in caplog.text


@pytest.mark.parametrize(
    "corps",
    [
        b"{",
        b"",
        b"\xff\xfe",
        b'{"code": "\xe9"}',
        PROFOND.encode(),
        b'{"code": ' + PROFOND.encode() + b"}",
        b"9" * 5000,
    ],
    ids=["open", "empty", "utf-16", "latin-1", "deep", "deeper", "long"],
)
def test_api_03_a_body_that_is_not_json_is_refused(api, corps):
    reponse = api.post("/v1/unites", content=corps, headers=JSON)
    attendu = (422, "entree_refusee") if corps == b"" else (400, "json_illisible")
    assert refus(reponse) == attendu


@pytest.mark.parametrize("corps", ["[]", '"x"', "1", "null", "true", "NaN", "-Infinity"])
def test_api_03_a_body_of_another_shape_is_refused(api, corps):
    statut, champs = erreurs(api.post("/v1/unites", content=corps, headers=JSON))
    assert (statut, champs[0][0]) == (422, "#")


def test_api_03_unknown_and_repeated_parameters_are_refused(api):
    assert erreurs(api.get("/v1/unites?limit=5")) == (422, [("?", "parametre_inconnu")])
    assert erreurs(api.post("/v1/unites?limite=5", json={"code": "X", "libelle": "X"})) == (
        422,
        [("?", "parametre_inconnu")],
    )
    assert erreurs(api.get("/v1/unites?limite=5&limite=6")) == (422, [("?limite", "parametre_repete")])
    assert erreurs(api.get("/v1/unites?limite=5&limite=6&a=1&b=2"))[1] == [
        ("?limite", "parametre_repete"),
        ("?", "parametre_inconnu"),
        ("?", "parametre_inconnu"),
    ]


def test_api_03_every_wrong_field_is_told_up_to_fifty(api):
    corps = {"code": "X", "libelle": "X", "taux": [{"du": "2007-01-01", "taux": 1}] * 100}
    reponse = api.post("/v1/codes-tva", json=corps)
    assert (reponse.status_code, len(reponse.json()["erreurs"])) == (422, 50)
    assert reponse.json()["detail"] == "100 champ(s) à corriger."


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "", "x"])
def test_api_03_another_media_type_is_refused(api, media):
    corps = b'{"code": "X", "libelle": "X"}'
    assert refus(api.post("/v1/unites", content=corps, headers={"content-type": media})) == (
        415,
        "type_de_media_refuse",
    )
    assert api.post("/v1/unites", content=corps, headers={"content-type": "Application/JSON; charset=utf-8"}).is_success


@pytest.mark.parametrize(
    ("methode", "adresse", "permises"),
    [
        ("DELETE", "/v1/unites", "GET, POST"),
        ("PUT", "/v1/unites/PCE", "DELETE, GET, PATCH"),
        ("POST", "/v1/parametres", "GET, PATCH"),
        ("PATCH", "/v1/parametres/logo", "DELETE, GET, PUT"),
        ("POST", "/v1/evenements", "GET"),
        ("HEAD", "/v1/unites", "GET, POST"),
        ("OPTIONS", "/v1/unites", "GET, POST"),
        ("TRACE", "/v1/unites/PCE", "DELETE, GET, PATCH"),
        ("POST", "/sante/vivant", "GET"),
    ],
)
def test_api_03_a_wrong_method_is_told_the_right_ones(api, methode, adresse, permises):
    reponse = api.request(methode, adresse)
    assert (reponse.status_code, reponse.headers["allow"]) == (405, permises)
    assert methode == "HEAD" or reponse.json()["code"] == "methode_refusee"


@pytest.mark.parametrize(
    "adresse", ["/", "/v1", "/v1/", "/v1/unites/", "/v1/unites//PCE", "/v2/unites", "/v1/unites/a/b"]
)
def test_api_03_an_unknown_path_is_not_found(api, adresse):
    assert refus(api.get(adresse)) == (404, "adresse_inconnue")


def test_api_03_a_body_too_large_is_refused(api):
    gros = b" " * (16 * 1024 * 1024 + 1)
    assert refus(api.post("/v1/unites", content=gros, headers=JSON)) == (413, "corps_trop_grand")


def test_api_10_reading_again_costs_nothing(api):
    premiere = api.get("/v1/unites/PCE")
    etag = premiere.headers["etag"]
    for connue in (etag, f'"9", W/{etag}', "*"):
        suivante = api.get("/v1/unites/PCE", headers={"if-none-match": connue})
        assert (suivante.status_code, suivante.content, suivante.headers["etag"]) == (304, b"", etag)
    assert api.get("/v1/unites/PCE", headers={"if-none-match": '"2"'}).status_code == 200


@pytest.mark.parametrize(("langue", "phrase"), ILLISIBLES.items())
def test_api_01_a_decimal_is_described_for_people(api, langue, phrase):
    """API-01: how many digits, not a pattern."""
    reponse = api.post("/v1/articles", json={"prix_vente": "1,5"}, headers={"accept-language": langue})
    dits = {une["pointeur"]: une["detail"] for une in reponse.json()["erreurs"]}
    assert dits["#/prix_vente"] == phrase


def test_api_01_an_unknown_reference_says_in_which_table(api):
    """API-01: also where the column is named otherwise than the table; what was sent is not repeated."""
    famille = {"code": "F", "libelle": "F", "departement": "NULLEPART"}
    reponse = api.post("/v1/familles", json=famille)
    assert erreurs(reponse) == (422, [("#/departement", "reference_inconnue")])
    detail = reponse.json()["erreurs"][0]["detail"]
    assert detail == "Ce champ renvoie à un élément qui n'existe pas dans « departements »."
