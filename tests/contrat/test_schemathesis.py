"""API-11: whatever a client sends, every operation answers as its contract says; schemathesis asks."""

import pytest
import requests
import schemathesis
from schemathesis.config import SchemathesisConfig
from tests.conftest import CLE
from tests.contrat.graines import Graines

from aurore_api.app import creer_app
from aurore_api.contrat import contrat
from aurore_api.echanges.schemas import MEDIAS, FormatFichier
from aurore_api.socle.base import Base

schemathesis.serializer.alias(MEDIAS[FormatFichier.XLSX], "application/octet-stream")
EXEMPLES = 10
"""Random requests per operation, after those of the contract's examples and of its bounds."""
REGLAGES = SchemathesisConfig.from_dict(
    {
        "generation": {"max-examples": EXEMPLES, "deterministic": True, "database": "none"},
        "checks": {
            # What only the data can tell: an unknown key, a state, a version, a combination of fields.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "404", "409", "412", "422"]},
            "negative_data_rejection": {"expected-statuses": ["400", "401", "404", "409", "412", "415", "422", "428"]},
            "missing_required_header": {"expected-statuses": ["401", "428"]},
        },
        # Each item of a push is judged by itself: what is not of its schema is told in the answer, 207.
        "operations": [
            {
                "include-operation-id": ["pousser_commandes", "pousser_factures", "pousser_clients_magasin"],
                "checks": {
                    "negative_data_rejection": {"expected-statuses": ["207", "400", "401", "404", "409", "415", "422"]}
                },
            }
        ],
    }
)
CONTRAT = schemathesis.openapi.from_dict(
    contrat(creer_app(Base("postgresql+asyncpg:///", connexions=2))), config=REGLAGES
)


@pytest.fixture(scope="session")
def graines(http):
    """Rows to name, and the maker of more."""
    graines = Graines(http, http.get("/v1/exercices").json()["data"][0]["code"])
    graines.semer()
    return graines


@pytest.fixture(scope="session")
def session():
    """Connections that schemathesis keeps."""
    with requests.Session() as session:
        yield session


@CONTRAT.parametrize()
def test_api_11_every_operation_keeps_its_contract(case, serveur, graines, session):
    graines.placer(case)
    case.call_and_validate(base_url=serveur, session=session, headers={"Authorization": f"Bearer {CLE}"})
