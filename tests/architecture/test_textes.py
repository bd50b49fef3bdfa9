"""API-01: every code that can be raised has its text in every language, with the values that its raiser gives."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import get_args

import pytest

import aurore_api
import aurore_domain
from aurore_api.documents.effacement.schemas import CodeEffacement
from aurore_api.socle.textes import LANGUE_PAR_DEFAUT, LANGUES, catalogue
from aurore_api.socle.validation import CODES_PYDANTIC
from aurore_domain.erreurs import ErreurAurore


def modules() -> Iterator[ModuleType]:
    """Every module of ours, imported, but for the migrations."""
    for paquet in (aurore_domain, aurore_api):
        for un in pkgutil.walk_packages(paquet.__path__, f"{paquet.__name__}."):
            if ".migrations" not in un.name:
                yield importlib.import_module(un.name)


MODULES = list(modules())
CLASSES = {
    objet.__name__: objet
    for module in MODULES
    for objet in vars(module).values()
    if inspect.isclass(objet) and issubclass(objet, ErreurAurore)
}
APPELS = [
    (Path(str(module.__file__)).name, noeud)
    for module in MODULES
    for noeud in ast.walk(ast.parse(inspect.getsource(module) or ""))
    if isinstance(noeud, ast.Call)
]


def codes_des_schemas() -> set[str]:
    """The codes that schemas raise themselves, and those that pydantic's own become."""
    faits = {"PydanticCustomError", "_verifie"}
    return set(CODES_PYDANTIC.values()) | {
        str(noeud.args[0].value)
        for _, noeud in APPELS
        if isinstance(noeud.func, ast.Name) and noeud.func.id in faits and isinstance(noeud.args[0], ast.Constant)
    }


def places(texte: str) -> set[str]:
    """The values that a text names."""
    return {champ for _, champ, _, _ in Formatter().parse(texte) if champ is not None}


def test_api_01_every_code_has_its_text():
    codes = {une.code for une in CLASSES.values()} | codes_des_schemas() | {*get_args(CodeEffacement)} - {"efface"}
    assert len(codes) > 50
    assert sorted(codes - catalogue(LANGUE_PAR_DEFAUT).keys()) == []


def test_api_01_a_code_means_one_failure():
    """A class without a code of its own is a kind of its parent; two that give themselves one give different ones."""
    propres = [une.code for une in CLASSES.values() if "code" in vars(une)]
    assert sorted(un for un in set(propres) if propres.count(un) > 1) == []
    assert set(propres).isdisjoint(codes_des_schemas() - {"valeur_refusee"})


@pytest.mark.parametrize("langue", LANGUES)
def test_api_01_every_language_has_every_text_with_the_same_values(langue):
    reference, traduit = catalogue(LANGUE_PAR_DEFAUT), catalogue(langue)
    assert sorted(traduit) == sorted(reference)
    for code, textes in reference.items():
        assert traduit[code].keys() == textes.keys(), code
        assert textes.keys() <= {"titre", "detail"}, code
        assert places(textes["titre"]) == set(), code
        assert places(traduit[code].get("detail", "")) == places(textes.get("detail", "")), code
        assert all(texte.strip() == texte != "" for texte in traduit[code].values()), code


@pytest.mark.parametrize("langue", [une for une in LANGUES if une != LANGUE_PAR_DEFAUT])
def test_api_01_the_other_languages_are_not_french(langue):
    reference, traduit = catalogue(LANGUE_PAR_DEFAUT), catalogue(langue)
    memes = [code for code in reference if traduit[code].get("detail") == reference[code].get("detail", "")]
    assert memes == []


def test_api_01_a_text_names_only_values_that_its_raiser_gives():
    fautes = []
    for fichier, noeud in APPELS:
        nom = noeud.func.id if isinstance(noeud.func, ast.Name) else ""
        donnees = {un.arg for un in noeud.keywords}
        if nom in CLASSES and None not in donnees:
            voulues = places(catalogue(LANGUE_PAR_DEFAUT)[CLASSES[nom].code].get("detail", ""))
            if not voulues <= donnees:
                fautes.append(f"{fichier}:{noeud.lineno} {nom} ne donne pas {sorted(voulues - donnees)}")
    assert fautes == []
