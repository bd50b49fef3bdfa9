"""The rules that hold for every file: who may import whom, what the domain may use, and how large things grow."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]
SOURCES = sorted((RACINE / "src").rglob("*.py"))
DOMAINE = [un for un in SOURCES if "aurore_domain" in un.parts]
API = RACINE / "src" / "aurore_api"
TRANCHES = sorted(un.relative_to(API).parts[0] for un in [*API.glob("*/routes.py"), *API.glob("*/routes/__init__.py")])
LIGNES_MAX, FONCTION_MAX = 400, 60


def nom(chemin: Path) -> str:
    """How a failure names a file."""
    return str(chemin.relative_to(RACINE))


def arbre(chemin: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(chemin.read_text("utf-8"))


def imports(chemin: Path) -> Iterator[str]:
    """Every module a file imports, and every name it takes from one, dotted."""
    for noeud in ast.walk(arbre(chemin)):
        if isinstance(noeud, ast.Import):
            yield from (un.name for un in noeud.names)
        elif isinstance(noeud, ast.ImportFrom):
            assert noeud.level == 0, f"{nom(chemin)} : import relatif"
            yield from (f"{noeud.module}.{un.name}" for un in noeud.names)


def seul(chemin: Path) -> bool:
    """Whether a file uses nothing else of the API."""
    return not any(un.startswith("aurore_api.") for un in imports(chemin))


domaine = pytest.mark.parametrize("chemin", DOMAINE, ids=nom)


@domaine
def test_the_domain_imports_the_standard_library_and_itself(chemin):
    racines = {un.split(".")[0] for un in imports(chemin)}
    assert racines <= sys.stdlib_module_names | {"aurore_domain"}
    assert racines.isdisjoint({"os", "io", "socket", "time", "pathlib", "random", "asyncio", "subprocess", "threading"})


@domaine
def test_the_domain_counts_in_decimals(chemin):
    for noeud in ast.walk(arbre(chemin)):
        assert not (isinstance(noeud, ast.Constant) and isinstance(noeud.value, float)), noeud.lineno
        assert not (isinstance(noeud, ast.Name) and noeud.id in {"float", "round"}), noeud.lineno


@domaine
def test_the_domain_is_told_what_time_it_is(chemin):
    appels = (un for un in ast.walk(arbre(chemin)) if isinstance(un, ast.Attribute))
    assert [un.lineno for un in appels if un.attr in {"now", "today", "utcnow"}] == []


def test_there_are_slices_to_look_at():
    assert {"acces", "clients", "exercices", "parametres", "tables"} <= set(TRANCHES)


@pytest.mark.parametrize("tranche", TRANCHES)
def test_a_slice_uses_another_by_its_service_and_schemas_only(tranche):
    fautes = [
        f"{nom(chemin)} : {un}"
        for chemin in (API / tranche).rglob("*.py")
        for un in imports(chemin)
        for autre in TRANCHES
        if autre != tranche
        and un.startswith((f"aurore_api.{autre}.tables", f"aurore_api.{autre}.requetes", f"aurore_api.{autre}.routes"))
    ]
    assert fautes == []


def test_the_foundation_knows_no_slice():
    """Neither a slice nor what is built from them; a module that knows nothing of the API but itself is neither."""
    autres = tuple(
        f"aurore_api.{un.stem}"
        for un in API.iterdir()
        if un.name not in {"socle", "__pycache__"} and not (un.suffix == ".py" and seul(un))
    )
    assert "aurore_api.documents" in autres
    assert "aurore_api.erreurs" in autres
    fautes = [
        f"{nom(chemin)} : {un}"
        for chemin in (API / "socle").rglob("*.py")
        for un in imports(chemin)
        if un.startswith(autres)
    ]
    assert fautes == []


def test_only_routes_know_http():
    """Services and queries of slices are given a context, never a request."""
    fautes = [
        f"{nom(chemin)} : {un}"
        for tranche in TRANCHES
        for chemin in (API / tranche).rglob("*.py")
        if "routes" not in {chemin.stem, chemin.parent.name}
        for un in imports(chemin)
        if un.split(".")[0] in {"fastapi", "starlette"}
    ]
    assert fautes == []


@pytest.mark.parametrize("dossier", ["src", "tests", "bench"])
def test_files_stay_small(dossier):
    longs = {nom(un): len(un.read_text("utf-8").splitlines()) for un in (RACINE / dossier).rglob("*.py")}
    assert {fichier: lignes for fichier, lignes in longs.items() if lignes > LIGNES_MAX} == {}


def _definitions(module: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """Public classes and functions, and public methods of public classes."""
    for noeud in module.body:
        if isinstance(noeud, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not noeud.name.startswith("_"):
            yield noeud.name, noeud
            if isinstance(noeud, ast.ClassDef):
                for membre in noeud.body:
                    if isinstance(membre, (ast.FunctionDef, ast.AsyncFunctionDef)) and not membre.name.startswith("_"):
                        yield f"{noeud.name}.{membre.name}", membre


def test_what_is_public_says_what_it_is_for():
    muets = [
        f"{nom(chemin)}:{defini}"
        for chemin in SOURCES
        for defini, noeud in _definitions(arbre(chemin))
        if not ast.get_docstring(noeud)
    ]
    assert muets == []


def test_functions_fit_a_screen():
    longues = [
        f"{nom(chemin)}:{noeud.name}"
        for chemin in SOURCES
        if "migrations" not in chemin.parts
        for noeud in ast.walk(arbre(chemin))
        if isinstance(noeud, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (noeud.end_lineno or 0) - noeud.lineno >= FONCTION_MAX
    ]
    assert longues == []


def test_no_two_test_files_share_a_name():
    """Folders without packages: the second of a name would not be collected beside the first."""
    paquets = {dossier.parent for dossier in (RACINE / "tests").rglob("__init__.py")} - {RACINE / "tests"}
    noms = Counter(un.name for un in (RACINE / "tests").rglob("test_*.py") if un.parent not in paquets)
    assert [nom for nom, fois in noms.items() if fois > 1] == []
