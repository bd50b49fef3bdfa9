"""The documentation says what the code says."""

import re
from pathlib import Path

import pytest

from aurore_api.socle.reglages import Reglages
from aurore_domain.cycle import diagramme

RACINE = Path(__file__).parents[2]
PAGES = [RACINE / "README.md", *sorted((RACINE / "docs").glob("*.md"))]


def test_doc_01_the_committed_diagram_is_the_lifecycle_table() -> None:
    """DOC-01: the diagram people read is made from the table that is enforced."""
    texte = (RACINE / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert re.findall(r"```mermaid\n(.*?)\n```", texte, re.DOTALL) == [diagramme()]


@pytest.mark.parametrize("page", ["README.md", "docs/exploitation.md"])
def test_ops_every_setting_is_documented(page: str) -> None:
    """Names that stay: a setting that exists is in the table, and the other way round."""
    texte = (RACINE / page).read_text(encoding="utf-8")
    rangees = [ligne.split("|")[1] for ligne in texte.splitlines() if ligne.startswith("| `AURORE_")]
    assert set(re.findall(r"AURORE_\w+", " ".join(rangees))) == {
        f"AURORE_{champ.upper()}" for champ in Reglages.model_fields
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_of_the_pages_exist(page: Path) -> None:
    """A path of this repository that a page names is there."""
    texte = page.read_text(encoding="utf-8")
    liens = [lien for lien in re.findall(r"\]\(([^)#:]+)\)", texte) if not (page.parent / lien).exists()]
    chemins = re.findall(r"`((?:src|tests|docs|openapi|bench)/[\w./-]*)`", texte)
    assert liens + [un for un in chemins if not (RACINE / un).exists()] == []
