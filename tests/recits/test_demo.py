"""API-40: `aurore demo` as a newcomer runs it, beside a running API."""

import csv
import re
import zipfile
from pathlib import Path

import httpx
from tests.recits.serveur_aurore import CLE, Aurore

ACHATS = {"appel_offre": 1, "commande_fournisseur": 1, "reception": 1, "attente_imputation": 1}
FAITS = {"offre": 6, "commande": 25, "bordereau": 20, "facture": 13} | ACHATS
"""How many documents of each type the story makes."""
SOIREE = ("liste-commandes-", "notes-envoi-", "production-", "rapprochement-")
"""What the shop's evening leaves on paper."""
RANGEE = re.compile(r"^ (\w+) +(\d+) +[A-Z]{2}\d{4}/(\d{5}) … (\d{5}) +[\d\s]+,\d\d", re.MULTILINE)


def tableau(sortie: str) -> dict[str, tuple[int, int, int]]:
    """The table that the demo ended with: per type how many, first and last number."""
    return {nom: (int(nombre), int(du), int(au)) for nom, nombre, du, au in RANGEE.findall(sortie)}


def http(aurore: Aurore, secret: str) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{aurore.port}", headers={"authorization": f"Bearer {secret}"})


def jouer(aurore: Aurore, pdf: Path) -> str:
    jouee = aurore.commande("demo", "--dossier", str(pdf))
    assert (jouee.returncode, jouee.stderr) == (0, ""), jouee.stderr
    return jouee.stdout


def visite(sortie: str, *, faites: int, deja: int) -> None:
    """What is shown besides: ART-18 and ART-15, CAL-04, ART-19, CLI-06 and CLI-07."""
    for montre in (
        r"creme brule +CBRU Crème brûlée",
        r"code-barres 29\d{11} +CAFE Café moulu 1 kg, CT8 = 8 KG",
        r"C0004 +\S+ +Prix convenu avec le client pour l'article BAG : 0[.,]66",
        r"C0004 +\S+ +Prix convenu avec le client pour l'article BAG : 0[.,]69",
        r"4 lignes, 2 erreurs",
        r"4 +prix_vente +1,6O",
        r"5 +code_tva_vente +7",
        r"C0001 .+ 5 PL24 CRO, \d+ BAG",
        r"C0006 +client fermé",
        r"C0012 +rien ce jour-là",
    ):
        assert re.search(montre, sortie), montre
    reserve(sortie, bacs=8 if deja else 4)
    # From May to September a client's summer order comes on top.
    assert sortie.count("commande faite") in ({faites, faites + 1} if faites else {0})
    assert sortie.count("déjà convertie") in ({deja, deja + 1} if deja else {0})


def reserve(sortie: str, *, bacs: int) -> None:
    """The store room: MVT-02 and CAL-12, FOU-02, ART-16, CLI-12."""
    assert re.search(r"FARI +\d+ +\d+ +(250|500) +0\.62\d\d +\d+\.\d\d", sortie)
    assert re.search(r"MARG +24 +-?\d+ +\d+ CT4 chez F0002", sortie)
    assert re.search(rf"C0001 +BACP +{bacs}\b", sortie)


def soiree(sortie: str, dossier: Path, *, neuve: bool) -> None:
    """The shop's evening: MAG-30, MAG-23, MAG-20, MAG-19, MAG-18; played again it pushes nothing twice."""
    assert ("Envoyé : 13 créé, 1 mis à jour, 1 annulé." in sortie) is neuve
    assert ("Rien n'est en attente." in sortie) is not neuve
    assert re.search(r"notes d'envoi +fait", sortie)
    assert re.search(r"Éclair au chocolat +24 +0 +0 +4 +20", sortie)
    assert "81.40 EUR comme le" in sortie
    assert re.search(r"Commandes +Ventes +Conflits +Facturé deux fois\W+6 +1 +0 +non", sortie)
    for nom in SOIREE:
        assert any(un.read_bytes().startswith(b"%PDF") for un in dossier.glob(f"{nom}*.pdf")), nom


def exporte(dossier: Path) -> None:
    """ART-19: the articles are left as files that a spreadsheet program opens."""
    with (dossier / "articles.csv").open(encoding="utf-8-sig", newline="") as fichier:
        assert "CBRU" in {ligne["numero"] for ligne in csv.DictReader(fichier, delimiter=";")}
    assert zipfile.is_zipfile(dossier / "articles.xlsx")


def test_api_40_the_demo_makes_its_documents_and_runs_again(aurore: Aurore, tmp_path: Path) -> None:
    """API-40: what the table says is in the database and in the directory; a second run adds to the first."""
    premiere = jouer(aurore, tmp_path / "pdf")
    assert tableau(premiere) == {nom: (nombre, 1, nombre) for nom, nombre in FAITS.items()}
    assert {(nom, len(list((tmp_path / "pdf").glob(f"{nom}-*.pdf")))) for nom in FAITS} == set(
        (FAITS | {"facture": FAITS["facture"] + 1}).items()
    )
    assert all(un.read_bytes().startswith(b"%PDF") for un in (tmp_path / "pdf").glob("*.pdf"))
    visite(premiere, faites=4, deja=0)
    seconde = jouer(aurore, tmp_path / "pdf")
    visite(seconde, faites=0, deja=4)
    exporte(tmp_path / "pdf")
    for nom, (nombre, du, au) in tableau(seconde).items():
        assert (nombre, au - du + 1) == (FAITS[nom], nombre)
        assert (du > nombre + 1) is (nom in {"bordereau", "facture"}), "the evening made some between"
    soiree(premiere, tmp_path / "pdf", neuve=True)
    soiree(seconde, tmp_path / "pdf", neuve=False)
    listes = {"mouvements.pdf", "valeur-du-stock.pdf"}
    faits = {un.name for un in (tmp_path / "pdf").glob("*.pdf") if not un.name.startswith(SOIREE)}
    assert (listes <= faits, len(faits - listes)) == (True, 2 * sum(FAITS.values()) + 1)
    secret = re.search(r"Clé d'administration : (\S+)", seconde)
    assert secret is not None
    with http(aurore, secret[1]) as client:
        factures = client.get("/v1/documents", params={"type": "facture", "limite": 200}).json()["data"]
        assert sorted(une["numero"] for une in factures) == list(range(1, 2 * FAITS["facture"] + 2))
        assert len(client.get("/v1/clients", params={"limite": 200}).json()["data"]) == 28 + 5


def test_api_40_the_demo_leaves_a_real_societe_alone(aurore: Aurore, tmp_path: Path) -> None:
    """API-40: a société with a name of its own keeps its parameters and its numbers."""
    with http(aurore, CLE) as client:
        etag = client.get("/v1/parametres").headers["etag"]
        nommee = client.patch("/v1/parametres", json={"nom": "Durand SRL"}, headers={"If-Match": etag})
        assert nommee.status_code == 200, nommee.text
        refus = aurore.commande("demo", "--dossier", str(tmp_path))
        assert (refus.returncode, len(refus.stderr.splitlines())) == (1, 1)
        assert "« Durand SRL »" in refus.stderr
        assert client.get("/v1/clients").json()["data"] == []


def test_api_40_wrong_situations_are_one_clear_line(aurore: Aurore, tmp_path: Path) -> None:
    """API-40: a directory that cannot be made is said before anything is done."""
    (tmp_path / "fichier").touch()
    refus = aurore.commande("demo", "--dossier", str(tmp_path / "fichier"))
    assert (refus.returncode, refus.stdout) == (1, "")
    assert refus.stderr == f"Le dossier {tmp_path / 'fichier'} ne peut être créé : File exists.\n"
