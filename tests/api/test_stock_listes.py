"""Lists of the stock as files (MVT-04), over HTTP."""

import csv
import io

import pytest
from tests.api.documents import baguettes, boulangerie, document, imprimer
from tests.api.stock import corriger
from tests.api.test_stock_valeur import entrer  # noqa: F401 (a fixture)

from aurore_api.listes_stock import service


@pytest.fixture(autouse=True)
def _mouvements(api, entrer):  # noqa: F811 (the fixture)
    boulangerie(api)
    entrer("2025-06-10", "60", "0.50")
    corriger(api, ("BAG", "4"), ("VIN", "-2.5"), date="2025-06-12", motif="=Casse")
    imprimer(api, document(api, "bordereau", baguettes("14"), date="2025-06-15"))
    entrer("2025-06-20", "25", "0.60")


def lire(api, chemin, **demande):
    reponse = api.get(f"/v1/stock/listes/{chemin}", params={"separateur": "virgule"} | demande)
    assert reponse.status_code == 200, reponse.text
    assert reponse.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(reponse.content.decode("utf-8-sig"))))


def test_mvt_04_les_mouvements_par_date(api):
    lus = lire(api, "mouvements")
    assert list(lus[0]) == [
        "date", "article", "designation", "depot", "compte", "genre", "quantite", "unite", "prix", "client",
        "fournisseur", "document", "motif",
    ]  # fmt: skip
    assert [(un["date"], un["article"], un["quantite"], un["prix"]) for un in lus] == [
        ("2025-06-10", "BAG", "60", "0.5000"),
        ("2025-06-12", "BAG", "4", ""),
        ("2025-06-12", "VIN", "-2.5", ""),
        ("2025-06-15", "BAG", "-14", ""),
        ("2025-06-20", "BAG", "25", "0.6000"),
    ]
    # The document by its number; what a spreadsheet would calculate is marked.
    assert (lus[3]["document"], lus[3]["client"], lus[1]["motif"]) == ("BL2025/00001", "NATIONAL", "'=Casse")


def test_mvt_04_les_mouvements_par_article_avec_leur_cumul(api):
    lus = lire(api, "mouvements", ordre="article")
    assert [(un["article"], un["quantite"], un["cumul"]) for un in lus] == [
        ("BAG", "60", "60"),
        ("BAG", "4", "64"),
        ("BAG", "-14", "50"),
        ("BAG", "25", "75"),
        ("VIN", "-2.5", "-2.5"),
    ]
    assert [un["quantite"] for un in lire(api, "mouvements", genre="definitif", article="BAG")] == ["4"]
    assert len(lire(api, "mouvements", du="2025-06-12", au="2025-06-15")) == 3


@pytest.mark.parametrize(
    ("demande", "lignes", "total"),
    [
        ({}, [("BAG", "75", "0.5333", "40.00"), ("VIN", "-2.5", "", "0.00")], "40.00"),
        ({"prix": "dernier_prix"}, [("BAG", "75", "0.6000", "45.00"), ("VIN", "-2.5", "", "0.00")], "45.00"),
        ({"date": "2025-06-11", "prix": "dernier_prix"}, [("BAG", "60", "0.5000", "30.00")], "30.00"),
        ({"definitif": "true", "article": "BAG"}, [("BAG", "4", "0.5333", "2.13")], "2.13"),
        ({"depot": "AUCUN"}, [], "0.00"),
    ],
)
def test_mvt_04_la_valeur_du_stock(api, demande, lignes, total):
    *lus, dernier = lire(api, "valeur", **demande)
    assert [(un["article"], un["physique"], un["prix"], un["valeur"]) for un in lus] == lignes
    assert (dernier["designation"], dernier["valeur"]) == ("Total", total)
    prix = demande.pop("prix", "pamp")
    dit = api.get("/v1/stock/valeur", params=demande).json()
    assert (dit["lignes"], dit[f"valeur_{prix}"]) == (len(lignes), total)


def test_mvt_04_le_meme_en_classeur(api):
    for liste in ("mouvements", "valeur"):
        reponse = api.get(f"/v1/stock/listes/{liste}?format=xlsx")
        assert (reponse.status_code, reponse.content[:2]) == (200, b"PK")
        assert f'filename="{liste}' in reponse.headers["content-disposition"]


def test_mvt_04_une_trop_de_mouvements_est_refusee(api, monkeypatch):
    monkeypatch.setattr(service, "LIGNES_MAX", 4)
    reponse = api.get("/v1/stock/listes/mouvements")
    assert (reponse.status_code, reponse.json()["code"]) == (422, "trop_de_mouvements")
