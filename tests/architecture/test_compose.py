"""OPS-01: what `docker-compose.yml` promises, as far as it can be checked without Docker."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from aurore_api.socle.reglages import Reglages

RACINE = Path(__file__).parents[2]
TEXTE = (RACINE / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSITION: dict[str, Any] = yaml.safe_load(TEXTE)
SERVICES: dict[str, Any] = COMPOSITION["services"]


def test_ops_01_the_services_are_those_that_exist() -> None:
    assert set(SERVICES) == {"base", "migrations", "api", "worker"}
    assert SERVICES["base"]["image"] == "postgres:18"
    assert COMPOSITION["volumes"].keys() == {"donnees"}


def test_ops_01_migrations_are_a_step_of_their_own_before_the_api() -> None:
    assert SERVICES["migrations"]["command"] == ["aurore", "migrer"]
    assert SERVICES["migrations"]["depends_on"] == {"base": {"condition": "service_healthy"}}
    for nom, commande in (("api", "serve"), ("worker", "worker")):
        assert SERVICES[nom]["depends_on"]["migrations"] == {"condition": "service_completed_successfully"}
        assert SERVICES[nom]["command"] == ["aurore", commande]
        assert SERVICES[nom]["restart"] == "unless-stopped"


def test_ops_01_jobs_are_done_by_the_worker_alone() -> None:
    """API-08: the API's own worker is for installations without one; `false` is what its setting reads as off."""
    reglage = SERVICES["api"]["environment"]["AURORE_OUVRIER_INTERNE"]
    assert Reglages.model_validate({"ouvrier_interne": reglage}).ouvrier_interne is False


@pytest.mark.parametrize("service", ["base", "api"])
def test_ops_01_what_stays_up_has_a_health_check(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[service]["restart"] == "unless-stopped"


def test_ops_01_nothing_runs_as_root() -> None:
    assert SERVICES["base"]["user"] == "postgres"
    dockerfile = (RACINE / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (\w+)$", dockerfile, re.MULTILINE)[-1] == "10001"
    assert all("no-new-privileges:true" in un["security_opt"] for un in SERVICES.values())


def test_ops_01_no_secret_stands_in_the_file() -> None:
    """Every password is a reference to the environment, and its absence stops `docker compose`."""
    for service in SERVICES.values():
        for nom, valeur in service["environment"].items():
            if re.search(r"PASSWORD|CLE", nom):
                assert valeur is None or re.fullmatch(r"\$\{\w+:\?[^}]+\}", valeur)
            assert not re.search(r"://[^/@:]*:[^$@]", valeur or "")


def test_ops_01_the_image_installs_only_what_is_locked() -> None:
    dockerfile = (RACINE / "Dockerfile").read_text(encoding="utf-8")
    for commande in re.findall(r"pip install [^&\n]*", dockerfile):
        assert "--require-hashes" in commande or "--no-deps /roues/" in commande, commande
