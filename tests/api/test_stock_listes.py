"""Lists of the stock as files (MVT-04), over HTTP."""

import csv
import io
import re

import pytest
from pypdf import PdfReader
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


def papier(api, chemin, **demande):
    reponse = api.get(f"/v1/stock/listes/{chemin}", params={"format": "pdf"} | demande)
    assert reponse.status_code == 200, reponse.text
    assert reponse.headers["content-type"] == "application/pdf"
    assert reponse.headers["content-disposition"].endswith('.pdf"')
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(reponse.content)).pages))


def test_mvt_04_les_mouvements_par_date_sur_papier(api):
    lu = papier(api, "mouvements", du="2025-06-12", depot="PRINCIPAL")
    assert "Mouvements de stock par date Dépôt PRINCIPAL Du 12/06/2025" in lu
    assert "15/06/2025 BAG Baguette" in lu
    assert re.search(r"PRINCIPAL Physique Client -14 PCE NATIONAL BL2025/00001", lu)
    assert "=Casse" in lu
    assert "10/06/2025" not in lu
    assert "BL2025/00001" not in papier(api, "mouvements", genre="definitif")


def test_mvt_04_les_mouvements_par_article_sur_papier(api):
    lu = papier(api, "mouvements", ordre="article")
    assert re.search(r"BAG Baguette.* \(PCE\) · Physique 10/06/2025", lu)
    assert re.search(r"20/06/2025 PRINCIPAL \w+ 25 75 0,60", lu)
    assert "Total BAG 75" in lu
    assert "Total VIN -2,5" in lu


def test_mvt_04_la_valeur_du_stock_sur_papier(api):
    assert api.patch("/v1/parametres", json={"langue": "nl"}, headers={"if-match": "*"}).status_code == 200
    lu = papier(api, "valeur", prix="dernier_prix", date="2025-06-30", definitif="true")
    assert "Voorraadwaarde aan laatste aankoopprijs Op het einde van 30/06/2025 Soort Definitief" in lu
    assert "BAG Baguette" in lu
    assert "4 PCE 0,60 2,40" in lu
    assert "Totaal 2,40" in lu
    assert "Totaal 40,00" in papier(api, "valeur")


@pytest.mark.parametrize(("liste", "nombre"), [("mouvements", 5), ("valeur", 2)])
def test_mvt_04_un_pdf_prend_moins_de_lignes(api, monkeypatch, liste, nombre):
    monkeypatch.setattr(service, "LIGNES_PDF_MAX", nombre)
    papier(api, liste)
    monkeypatch.setattr(service, "LIGNES_PDF_MAX", nombre - 1)
    reponse = api.get(f"/v1/stock/listes/{liste}?format=pdf")
    assert (reponse.status_code, reponse.json()["code"]) == (422, "liste_demesuree")
    assert str(nombre - 1) in reponse.json()["detail"]


def test_mvt_04_une_liste_demesuree_est_refusee(api, monkeypatch):
    monkeypatch.setattr(service, "LIGNES_MAX", 4)
    reponse = api.get("/v1/stock/listes/mouvements")
    assert (reponse.status_code, reponse.json()["code"]) == (422, "liste_demesuree")
