"""SEC-02: every operation of the contract, with keys that may and keys that may not."""

import pytest
import time_machine
from tests.api.operations import PLAUSIBLES, operations
from tests.api.reponses import refus

from aurore_api import contrat
from aurore_api.socle import portees
from aurore_api.socle.portees import ADMIN, LECTURE, PORTEES


def appeler(api, operation, cle):
    """Call an operation with nothing but a key: what is asked for never matters to who may ask."""
    en_tetes = {"authorization": "", "content-type": operation.corps or ""} | cle
    corps = b"{}" if operation.corps else b""
    return api.request(operation.methode, operation.adresse(PLAUSIBLES), headers=en_tetes, content=corps)


def ouvrent(operation):
    """The scopes, any one of which opens an operation, as it is called: the shop's is that of the path's code."""
    voulues = operation.portee.replace(portees.D_UN_MAGASIN, "magasin:X | magasin:NAM").split(" | ")
    return {une.format(code=PLAUSIBLES["code"]) for une in voulues}


def test_sec_02_the_contract_and_the_table_name_the_same_operations(api):
    annoncees = {une.identifiant: une.portee for une in operations(api.app)}
    assert sorted(annoncees) == contrat.operations(api.app)
    assert len(annoncees) > 90
    assert annoncees == {identifiant: portees.portee_de(identifiant) for identifiant in annoncees}
    assert set(portees.OPERATIONS) <= set(annoncees)
    with pytest.raises(KeyError):
        portees.portee_de("tout_effacer")


def test_sec_02_reading_takes_the_scope_of_readers_and_no_change_does(api):
    for une in operations(api.app):
        if une.methode == "GET":
            assert une.portee == ADMIN or LECTURE in ouvrent(une), une.identifiant
        else:
            assert LECTURE not in ouvrent(une) or une.identifiant == "calculer_prix", une.identifiant


@pytest.mark.parametrize(
    "cle",
    [
        {},
        {"authorization": "Bearer"},
        {"authorization": "Bearer aurore_00000000_inconnue"},
        {"authorization": "Basic YTpi"},
        {"authorization": "Bearer \u00e9".encode("latin-1")},
        {"x-api-key": "inconnue"},
        {"x-api-key": ""},
    ],
    ids=["none", "empty", "unknown", "basic", "not ascii", "unknown header", "empty header"],
)
def test_sec_02_without_a_key_nothing_can_be_called(api, cle):
    for une in operations(api.app):
        assert refus(appeler(api, une, cle)) == (401, "non_authentifie"), une.identifiant


def test_sec_02_a_revoked_key_opens_nothing(api):
    cle = api.post("/v1/cles", json={"libelle": "X", "portees": [ADMIN]}).json()
    presentee = {"authorization": f"Bearer {cle['secret']}"}
    assert api.get("/v1/unites", headers=presentee).status_code == 200
    assert api.delete(f"/v1/cles/{cle['id']}", headers={"if-match": '"1"'}).status_code == 204
    for une in operations(api.app):
        assert refus(appeler(api, une, presentee)) == (401, "non_authentifie"), une.identifiant


def test_sec_02_an_expired_key_opens_nothing(api):
    with time_machine.travel("2030-01-01T00:00:00Z", tick=False) as temps:
        cle = {"libelle": "X", "portees": [ADMIN], "expire_le": "2030-01-01T01:00:00+00:00"}
        presentee = {"authorization": f"Bearer {api.post('/v1/cles', json=cle).json()['secret']}"}
        temps.move_to("2030-01-01T00:59:59.999Z")
        assert api.get("/v1/unites", headers=presentee).status_code == 200
        temps.move_to("2030-01-01T01:00:00Z")
        for une in operations(api.app):
            assert refus(appeler(api, une, presentee)) == (401, "non_authentifie"), une.identifiant


@pytest.mark.parametrize("portee", [*PORTEES, "magasin:X", "magasin:NAM"])
def test_sec_02_each_scope_opens_its_own_operations(api, cle_de, portee):
    cle = cle_de(portee)
    for une in operations(api.app):
        reponse = appeler(api, une, cle)
        if portee in ouvrent(une) | {ADMIN}:
            assert reponse.status_code not in {401, 403, 500}, une.identifiant
        else:
            assert refus(reponse) == (403, "portee_insuffisante"), une.identifiant


def test_sec_02_all_the_other_scopes_together_do_not_replace_one(api, cle_de):
    toutes, cles = {*PORTEES, "magasin:X", "magasin:NAM"}, {}
    for une in operations(api.app):
        voulues = frozenset(ouvrent(une))
        if voulues not in cles:
            cles[voulues] = cle_de(*(toutes - voulues - {ADMIN}))
        assert refus(appeler(api, une, cles[voulues])) == (403, "portee_insuffisante"), une.identifiant


def test_sec_01_the_scope_of_a_shop_is_that_of_the_path():
    du_magasin, cle = portees.DU_MAGASIN, frozenset({"magasin:NAM"})
    assert portees.suffit(cle, du_magasin, {"code": "NAM"})
    assert not portees.suffit(cle, du_magasin, {"code": "HUY"})
    assert portees.suffit(cle, portees.D_UN_MAGASIN)
    assert not portees.suffit(frozenset({LECTURE}), portees.D_UN_MAGASIN)
    assert portees.suffit(frozenset({ADMIN}), du_magasin, {"code": "NAM"})
