"""API-02: hostile spellings of every kind of value are refused by their field, everywhere, and never break anything."""

import json

import pytest
from tests.api.reponses import erreurs, si

PARTOUT = [[], {}, [1], "\ud800", "1\ud800", "\x00", "1\x00", "\uff11\uff10", "9" * 400, 10**100, 1e300]
DECIMAUX = [
    *PARTOUT, "1_0", "1e5", "1E-5", "NaN", "nan", "sNaN", "Infinity", "-Infinity", "", " 1", "1 ", "1\n", "+1", "0x10",
    "1,5", ".5", "5.", "--1", "1.2.3", "٣", "1.0000001", 1, 0, 1.5, True,
]  # fmt: skip
JOURS = [
    *PARTOUT, "", "2026-02-30", "0000-01-01", "10000-01-01", "-001-01-01", "1969-12-31", "3000-01-01", "2026-1-1",
    "20260101", "2026-W01-1", "\uff12\uff10\uff12\uff16-01-01", "2026-01-01T00:00:00", "2026-01-01\n", "01/02/2026",
    20260101, 0, True,
]  # fmt: skip
MOMENTS = [
    *PARTOUT, "", "2026-01-01", "2030-01-01T00:00:00", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z",
    "3000-01-01T00:00:00Z", "2030-01-01T24:00:01Z", "2030-01-01T00:60:00Z", "2030-01-01T00:00:00+99:99",
    "2030-02-30T00:00:00Z", "1900000000", 1900000000, 1.5, True,
]  # fmt: skip
ENTIERS = [*PARTOUT, "1", "1_0", 1.0, 1.5, -1, 2**31, 2**63, 2**64, True, "NaN"]
BOOLEENS = [*PARTOUT, "true", "on", "1", 0, 1]
TEXTES = [[], {}, "\ud800", "a\udfff", "\x00", "a\x00b", "\x1f", "\x7f", "a" * 10_001, 1, 1.5, True]

UNITE = {"code": "X", "libelle": "X"}
CLIENT = {"numero": "X", "nom": "X"}
ARTICLE = {"numero": "X", "designation": "X", "unite": "PCE", "prix_vente": "1.0000", "code_tva_vente": "6"}

CHAMPS = [
    ("/v1/modes-livraison", UNITE, "montant", DECIMAUX),
    ("/v1/clients", CLIENT, "remise", DECIMAUX),
    ("/v1/articles", ARTICLE, "prix_vente", DECIMAUX),
    ("/v1/articles", ARTICLE, "poids_kg", DECIMAUX),
    ("/v1/exercices", {"code": "X", "debut": "2030-01-01", "fin": "2030-12-31"}, "debut", JOURS),
    ("/v1/cles", {"libelle": "X", "portees": ["lecture"]}, "expire_le", MOMENTS),
    ("/v1/clients", CLIENT, "ordre_tournee", ENTIERS),
    ("/v1/unites", UNITE, "decimales", ENTIERS),
    ("/v1/tournees", {"numero": "X", "nom": "X"}, "jour", ENTIERS),
    ("/v1/echeances", UNITE, "fin_de_mois", BOOLEENS),
    ("/v1/unites", {"libelle": "X"}, "code", [*TEXTES, "", " X", "X ", "X/", "X\n", "é\u0301", "\uff11"]),
    ("/v1/unites", {"code": "X"}, "libelle", [*TEXTES, "", "a\nb", "a\rb"]),
    ("/v1/articles", ARTICLE, "description", TEXTES),
    ("/v1/clients", CLIENT, "telephone", [*TEXTES, "", "a\nb"]),
    ("/v1/clients", CLIENT, "courriel", [*TEXTES, "", "a", "a@", "@a", "a@b@c", "a b@c", "a@b\n"]),
    ("/v1/clients", CLIENT, "langue", [*TEXTES, "", "FR", "fr ", "es"]),
    ("/v1/clients", CLIENT, "numero_tva", [*TEXTES, "", "BE", "BE0000000000", "BE0403\uff1170701"]),
    ("/v1/clients", CLIENT, "identifiant_peppol", [*TEXTES, "", "0208:", "02\uff108:1"]),
    ("/v1/clients", CLIENT, "adresse", ["", 1, [], "\ud800"]),
    ("/v1/clients", CLIENT, "contacts", ["", 1, {}, "\ud800"]),
    ("/v1/clients", CLIENT, "textes", ["", 1, [], "\ud800", {"\ud800": {}}, {"\x00": {}}]),
]


def envoyer(api, methode, adresse, corps, en_tetes=None):
    """Send JSON that Python itself would refuse to encode."""
    contenu = json.dumps(corps).encode()
    return api.request(
        methode, adresse, content=contenu, headers={"content-type": "application/json"} | (en_tetes or {})
    )


@pytest.mark.parametrize(("adresse", "corps", "champ", "valeurs"), CHAMPS, ids=[f"{un[0]}.{un[2]}" for un in CHAMPS])
def test_api_02_hostile_values_are_refused_by_their_field(api, adresse, corps, champ, valeurs):
    for valeur in valeurs:
        statut, champs = erreurs(envoyer(api, "POST", adresse, corps | {champ: valeur}))
        assert statut == 422, valeur
        assert {lieu for lieu, _ in champs} == {f"#/{champ}"}, valeur


@pytest.mark.parametrize(
    ("champ", "valeurs"),
    [
        ("texte_legal", TEXTES),
        ("tolerance_depassement", DECIMAUX),
        ("impression_directe", BOOLEENS),
        ("iban", [*TEXTES, "", "BE68539007547035"]),
        ("bic", [*TEXTES, "", "GEBA"]),
        ("modeles_numero", ["", 1, [], {"\ud800": "{numero}"}]),
    ],
)
def test_api_02_so_are_they_in_a_change(api, champ, valeurs):
    for valeur in valeurs:
        statut, champs = erreurs(envoyer(api, "PATCH", "/v1/parametres", {champ: valeur}, si(1)))
        assert statut == 422, valeur
        assert {lieu for lieu, _ in champs} == {f"#/{champ}"}, valeur


NOMBRES = [
    "1_0",
    "\uff11\uff10",
    "1e1",
    "0x10",
    "+5",
    "-1",
    "5.0",
    "%205",
    "0",
    "201",
    "9" * 400,
    "%00",
    "NaN",
    "",
    "true",
    "%ED%A0%80",
]


@pytest.mark.parametrize("limite", NOMBRES)
def test_api_02_a_number_in_a_query_is_plain_digits(api, limite):
    statut, champs = erreurs(api.get(f"/v1/unites?limite={limite}"))
    assert (statut, [lieu for lieu, _ in champs]) == (422, ["?limite"])


@pytest.mark.parametrize("identifiant", [un for un in NOMBRES if un not in {"", "201"}] + [str(2**63)])
def test_api_02_so_is_one_in_a_path(api, identifiant):
    statut, champs = erreurs(api.get(f"/v1/cles/{identifiant}"))
    assert (statut, [lieu for lieu, _ in champs]) == (422, ["/id"])


def test_api_02_decimals_come_out_in_their_fixed_form(api):
    """Money with 2 decimals, rates with 2, whatever way they were written."""
    for ecrit, servi in (("0", "0.00"), ("12.5", "12.50"), ("007", "7.00"), ("999999999999.99", "999999999999.99")):
        cree = api.post("/v1/modes-livraison", json=UNITE | {"code": f"M{servi}", "montant": ecrit})
        assert cree.json()["montant"] == servi
    cree = api.post("/v1/codes-tva", json=UNITE | {"taux": [{"du": "2007-01-01", "taux": "6"}]})
    assert cree.json()["taux"] == [{"du": "2007-01-01", "taux": "6.00"}]


def test_api_02_instants_have_their_offset(api):
    cle = api.post("/v1/cles", json={"libelle": "X", "portees": ["lecture"], "expire_le": "2999-12-31T23:30:00-01:00"})
    assert cle.status_code == 201, cle.text
    lue = api.get(f"/v1/cles/{cle.json()['id']}").json()
    assert lue["expire_le"] == "3000-01-01T00:30:00Z"
    assert lue["creee_le"].endswith("Z")
