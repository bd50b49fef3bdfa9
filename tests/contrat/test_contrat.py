"""API-11: the contract that is committed is the application's, is valid, and says enough to write a client."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.contrat.ruptures import operations, ruptures

RACINE = Path(__file__).parents[2]
CONTRAT = "openapi/aurore.json"


def git(*arguments):
    """What git says, or None where it has nothing to say: no repository, no tag, no such file."""
    fait = subprocess.run(["git", *arguments], cwd=RACINE, capture_output=True, text=True, check=False)
    return fait.stdout if fait.returncode == 0 else None


def renvois(objet, sauf=()):
    """Names of the schemas that a part of the contract refers to."""
    garde = {nom: valeur for nom, valeur in objet.items() if nom not in sauf}
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(garde)))


def atteints(contrat, depart):
    """The same, through schemas that refer to others."""
    vus, reste = set(), set(depart)
    while reste:
        vus |= reste
        reste = {autre for nom in reste for autre in renvois(contrat["components"]["schemas"][nom])} - vus
    return vus


def test_api_11_the_committed_contract_is_the_application_s(contrat):
    assert json.loads((RACINE / CONTRAT).read_text()) == contrat, "à refaire : make contrat"


def test_api_11_no_breaking_change_since_the_last_tag(contrat):
    """The first tag has nothing to compare with; from then on the contract at the last one binds."""
    etiquette = (git("describe", "--tags", "--abbrev=0") or "").strip()
    publie = git("show", f"{etiquette}:{CONTRAT}") if etiquette else None
    assert ruptures(json.loads(publie) if publie else contrat, contrat) == []


def test_api_11_the_contract_is_valid_openapi(contrat):
    assert contrat["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(contrat).validate()


def test_api_11_every_operation_is_named_and_summed_up(contrat):
    noms = [un["operationId"] for methodes in contrat["paths"].values() for un in methodes.values()]
    assert len(noms) == len(set(noms))
    for nom, (_, operation) in operations(contrat).items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", nom), nom
        assert operation["summary"], nom
        assert len(operation["tags"]) == 1, nom
        for parametre in operation.get("parameters", ()):
            assert parametre["schema"], (nom, parametre["name"])


@pytest.mark.parametrize(
    ("methode", "statuts"),
    [
        ("get", {"401", "403", "422", "503"}),
        ("post", {"401", "403", "409", "422", "503"}),
        ("patch", {"400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "503"}),
        ("put", {"401", "403", "409", "412", "413", "415", "422", "428", "503"}),
        ("delete", {"401", "403", "409", "412", "422", "428", "503"}),
    ],
)
def test_api_01_every_error_is_declared_as_a_problem(contrat, methode, statuts):
    vues = [un for lieu, un in operations(contrat).values() if lieu.startswith(f"{methode} /v1")]
    assert vues
    for operation in vues:
        assert statuts <= operation["responses"].keys(), operation["operationId"]
        for statut in operation["responses"].keys() & {str(un) for un in range(400, 600)}:
            reponse = contrat["components"]["responses"][f"Probleme{statut}"]
            assert operation["responses"][statut] == {"$ref": f"#/components/responses/Probleme{statut}"}
            assert list(reponse["content"]) == ["application/problem+json"]


def test_api_06_a_change_requires_the_version(contrat):
    for nom, (lieu, operation) in operations(contrat).items():
        exiges = {un["name"] for un in operation.get("parameters", ()) if un["in"] == "header" and un["required"]}
        assert exiges == ({"If-Match"} if lieu.split()[0] in {"put", "patch", "delete"} else set()), nom


def test_api_11_what_comes_in_and_what_goes_out_are_schemas_apart(contrat):
    """They share values only, of which every field is always there: a code's dated rate, a list of words."""
    toutes = [operation for _, operation in operations(contrat).values()]
    entrees = atteints(contrat, {nom for une in toutes for nom in renvois(une, sauf=("responses",))})
    sorties = atteints(contrat, {nom for une in toutes for nom in renvois(une["responses"])})
    for nom in entrees & sorties:
        schema = contrat["components"]["schemas"][nom]
        assert "enum" in schema or set(schema["required"]) == set(schema["properties"]), nom
    sorties |= atteints(contrat, {"Probleme"})
    for nom in sorties - entrees:
        schema = contrat["components"]["schemas"][nom]
        assert set(schema.get("properties", {})) == set(schema.get("required", ())), f"{nom} : un champ peut manquer"
    assert entrees | sorties == set(contrat["components"]["schemas"])


def test_api_02_decimals_are_strings_and_unknown_fields_refused(contrat):
    for nom, schema in contrat["components"]["schemas"].items():
        for champ, description in schema.get("properties", {}).items():
            assert '"number"' not in json.dumps(description), f"{nom}.{champ}"
    for nom, (_, operation) in operations(contrat).items():
        corps = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        for schema in atteints(contrat, renvois(corps)):
            lu = contrat["components"]["schemas"][schema]
            assert lu.get("type") != "object" or lu["additionalProperties"] is False, (nom, schema)


def exemples(contrat, schema):
    return contrat["components"]["schemas"][schema]["examples"]


def test_api_11_the_examples_work_on_a_fresh_societe(contrat, api):
    """In the order in which a newcomer would send them."""

    def envoyer(chemin, corps):
        reponse = api.post(chemin, json=corps)
        assert reponse.status_code == 201, (corps, reponse.text)
        return reponse.json()

    annee = api.get("/v1/exercices").json()["data"][0]["code"]
    for chemin, schema in (
        ("/v1/codes-tva", "CodeTvaEntree"),
        ("/v1/escomptes", "EscompteEntree"),
        ("/v1/articles", "ArticleEntree"),
        ("/v1/articles/BAG/unites", "UniteArticleEntree"),
        ("/v1/articles/BAG/tarifs", "TarifArticleEntree"),
        ("/v1/clients", "ClientEntree"),
        ("/v1/fournisseurs", "FournisseurEntree"),
    ):
        for exemple in exemples(contrat, schema):
            envoyer(chemin, exemple)
    commande, achat = exemples(contrat, "DocumentEntree")
    assert envoyer("/v1/documents", achat | {"date": f"{annee}-11-23"})["fournisseur"] == achat["fournisseur"]
    cree = envoyer("/v1/documents", commande | {"date": f"{annee}-11-23"})
    assert [ligne["genre"] for ligne in cree["lignes"]] == ["article", "article", "libre", "commentaire"]
    (transfert,) = exemples(contrat, "TransfertEntree")
    (source,) = transfert["sources"]
    cible = transfert["cible"] | {"date": f"{annee}-11-24"}
    bordereau = envoyer("/v1/transferts", {"cible": cible, "sources": [source | {"document": cree["id"]}]})
    assert [(une["ordre"], une["quantite"]) for une in bordereau["lignes"]] == [(100, "50"), (200, "120"), (300, "1")]
