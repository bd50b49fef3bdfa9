"""API-12, `/docs` and `/sante/*`: what operators and newcomers see first."""

import re
from urllib.parse import urljoin

import httpx
import pytest
from fastapi import FastAPI
from tests.client import ClientDeTest

from aurore_api.app import creer_app
from aurore_api.socle.base import Base


@pytest.fixture
def sans_base(tmp_path):
    """The application with a database that does not answer."""
    app: FastAPI = creer_app(Base(f"postgresql+asyncpg://aurore@/aurore?host={tmp_path}", connexions=2))
    with ClientDeTest(app, {"authorization": "Bearer cle-quelconque"}) as client:
        yield client


def adresses(html):
    return re.findall(r"""(?:src|href|url)\s*[:=]\s*["']([^"']+)["']""", html)


def test_api_12_the_docs_page_needs_nothing_from_elsewhere(client):
    page = client.get("/docs")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    trouvees = adresses(page.text)
    assert {"/openapi.json"} < set(trouvees)
    for adresse in trouvees:
        assert not re.match(r"(https?:)?//", adresse), adresse
        servie = client.get(urljoin("/docs", adresse))
        assert (servie.status_code, len(servie.content) > 100) == (200, True), adresse
        if servie.headers["content-type"].startswith("text/css"):
            assert not re.search(r"url\(\s*['\"]?(https?:)?//", servie.text), adresse


def test_the_docs_show_the_completed_contract(client, contrat):
    assert client.get("/openapi.json").json() == contrat


def test_sante_tells_life_from_readiness(client, sans_base):
    assert [client.get(f"/sante/{quoi}").json() for quoi in ("vivant", "pret")] == [
        {"etat": "vivant"},
        {"etat": "pret"},
    ]
    assert sans_base.get("/sante/vivant").status_code == 200
    pret = sans_base.get("/sante/pret")
    assert (pret.status_code, pret.json()) == (503, {"etat": "base_indisponible"})
    for reponse in (client.get("/sante/pret"), pret):
        assert reponse.headers["cache-control"] in {"private, no-cache", "no-store"}


@pytest.mark.parametrize(("methode", "chemin"), [("GET", "/v1/articles"), ("POST", "/v1/documents")])
def test_api_01_without_a_database_the_answer_says_to_come_back(sans_base, methode, chemin):
    reponse: httpx.Response = sans_base.request(methode, chemin, json=None if methode == "GET" else {})
    assert (reponse.status_code, reponse.json()["code"]) == (503, "base_indisponible")
    assert reponse.headers["retry-after"] == "2"
    assert "host=" not in reponse.text
    assert "aurore@" not in reponse.text
