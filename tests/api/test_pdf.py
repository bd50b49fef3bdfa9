"""PDFs through the API: texts, drafts, duplicata, originals, ETags; reading numbers nothing (IMP-10 to IMP-20)."""

import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.api.catalogue import changer, creer
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    document,
    imprimer,
    modifier,
    modifier_ligne,
    part,
    taxer,
    transfere,
)

from aurore_api.impression.libelles import LANGUES, libelles

TYPES = ("offre_type", "offre", "commande", "proforma", "bordereau", "retour", "facture", "note_credit")


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)
    adresse = {"rue": "Rue du Four 1", "code_postal": "5000", "localite": "Namur", "pays": "BE"}
    societe = {"nom": "Boulangerie Aurore", "forme_juridique": "SRL", "rpm": "Liège, division Namur"}
    changer(api, "/v1/parametres", **societe, numero_tva="BE0403170701", iban="BE68539007547034", adresse=adresse)


def pdf(api, document, **params):
    """The PDF, with its headers."""
    reponse = api.get(f"/v1/documents/{document['id']}/pdf", params=params)
    assert (reponse.status_code, reponse.headers["content-type"]) == (200, "application/pdf")
    return reponse


def texte(api, document, **params):
    """What the PDF says, every run of spaces as one."""
    pages = PdfReader(BytesIO(pdf(api, document, **params).content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def image(couleur):
    """A small picture."""
    sortie = BytesIO()
    Image.new("RGB", (20, 20), couleur).save(sortie, "PNG")
    return sortie.getvalue()


def poser_logo(api, couleur):
    """Give the société a logo."""
    en_tetes = {"if-match": "*", "content-type": "image/png"}
    assert api.put("/v1/parametres/logo", content=image(couleur), headers=en_tetes).status_code == 204


@pytest.mark.parametrize("langue", LANGUES)
@pytest.mark.parametrize("genre", TYPES)
def test_imp_10_chaque_type_dans_chaque_langue(api, genre, langue):
    changer(api, "/v1/clients/HOTEL", langue=langue)
    lignes = (baguettes("1200"), {"designation": "Transport", "quantite": "1", "prix": "15", "code_tva": "21"})
    en_tete = {"vos_references": "BC 45", "contact": "Mme Łucja", "remarque_interne": "SECRET"}
    imprimee = imprimer(api, document(api, genre, *lignes, {"designation": "Avant 6 h"}, client="HOTEL", **en_tete))
    lu, mots = texte(api, imprimee), libelles(langue)
    for attendu in (
        mots(f"titre.{genre}"),
        imprimee["numero_affiche"],
        "Boulangerie Aurore",
        "Hôtel du Parc",
        "BE 0403.170.701",
        "BC 45",
        "Mme Łucja",
        "Baguette",
        "Transport",
        "Avant 6 h",
        mots("total.htva"),
        mots("tva.taux"),
    ):
        assert attendu in lu, attendu
    assert "SECRET" not in lu
    assert (mots("titre.filigrane") in lu, mots("titre.duplicata") in lu) == (False, False)


@pytest.mark.parametrize(
    ("prix_tvac", "chiffres"),
    [
        (False, ("9,99 21 % 239,76", "Taxe BAC 0,10 6 % 2,40", "Taxe PCT 2 % 0 % 4,80", "Total HTVA 246,96")),
        (True, ("12,0879 21 % 290,11", "Taxe BAC 0,106 6 % 2,54", "Taxe PCT 2 % 0 % 4,80", "Total TVAC 297,45")),
    ],
)
def test_cal_06_chaque_taxe_est_sous_sa_ligne(api, prix_tvac, chiffres):
    """The column of amounts adds up to the total: 239.76 + 2.40 + 4.80, or VAT included 290.11 + 2.54 + 4.80."""
    taxer(api, "VIN", "BAC", code_tva="6", montant="0.1000")
    taxer(api, "VIN", "PCT", code_tva="0", pourcentage="2.00")
    vin = {"article": "VIN", "quantite": "24", "taxe": True}
    facture = document(api, "facture", vin, prix_tvac=prix_tvac)
    for lu in (texte(api, facture), texte(api, imprimer(api, facture))):
        for attendu in chiffres:
            assert attendu in lu, (attendu, lu)


def test_imp_20_ce_qu_une_facture_belge_doit_dire(api):
    en_tete = {"echeance": "30J", "mode_paiement": "VIREMENT", "date_livraison_prevue": "2025-06-15"}
    lignes = (baguettes("100", remise="10.00"), {"article": "VIN", "quantite": "3"})
    facture = imprimer(api, document(api, "facture", *lignes, client="HOTEL", **en_tete))
    lu = texte(api, facture)
    for attendu in (
        "SRL",
        "RPM Liège, division Namur",
        "Rue du Four 1",
        "Rue du Parc 3",
        "16/06/2025",
        "15/06/2025",
        "16/07/2025",
        "Baguette",
        "100",
        "0,79",
        "10",
        "71,10",
        "9,99",
        "29,97",
        "101,07",
        "4,27",
        "6,29",
        "111,63",
        "Virement",
        facture["communication"],
        "BE68 5390 0754 7034",
        "Page 1/1",
    ):
        assert attendu in lu, attendu


@pytest.mark.parametrize(
    ("numero", "mention"),
    [
        ("COCONTRACTANT", "Autoliquidation"),
        ("INTRACOMMUNAUTA", "art. 39bis"),
        ("EXPORT", "art. 39 du Code"),
        ("EXONERE", "art. 44 du Code"),
        ("NATIONAL", None),
    ],
)
def test_cal_09_la_mention_legale_de_la_categorie(api, numero, mention):
    lu = texte(api, imprimer(api, document(api, "facture", baguettes(), client=numero)))
    for une in ("Autoliquidation", "art. 39bis", "art. 39 du Code", "art. 44 du Code"):
        assert (une in lu) is (une == mention)


@pytest.mark.parametrize("langue", LANGUES)
def test_imp_20_une_note_de_credit_nomme_sa_facture(api, langue):
    changer(api, "/v1/clients/HOTEL", langue=langue)
    facture = imprimer(api, document(api, "facture", baguettes("10"), client="HOTEL", date="2025-05-09"))
    note = transfere(api, "note_credit", part(facture, {"ordre": 100, "quantite": "2"}))
    mots = libelles(langue)
    for presente in (note, imprimer(api, note)):
        lu = texte(api, presente)
        assert mots("entete.factures_corrigees") in lu
        assert "FA2025/00001" in lu
        assert mots("mention.note_credit") in lu


def test_imp_20_aussi_par_le_retour_du_bordereau_facture(api):
    """The facture that invoiced the goods that came back, not the other one of the same commande."""
    commande = document(api, "commande", baguettes("10"))
    bordereaux = [transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": un})) for un in ("4", "6")]
    autre, facture = (imprimer(api, transfere(api, "facture", un)) for un in bordereaux)
    retour = transfere(api, "retour", part(bordereaux[1], {"ordre": 100, "quantite": "1"}))
    lu = texte(api, transfere(api, "note_credit", retour))
    assert (facture["numero_affiche"] in lu, autre["numero_affiche"] in lu) == (True, False)


def test_imp_15_lire_ne_numerote_rien(api):
    brouillon = document(api, "facture", baguettes())
    avant = contenu(api)
    assert all("BROUILLON" in texte(api, brouillon) for _ in range(2))
    assert contenu(api) == avant
    assert pdf(api, brouillon).headers["content-disposition"] == 'inline; filename="facture-brouillon.pdf"'


def test_imp_10_le_duplicata_et_l_original(api):
    facture = imprimer(api, document(api, "facture", baguettes()))
    original = pdf(api, facture)
    assert original.headers["content-disposition"] == 'inline; filename="facture-FA2025-00001.pdf"'
    assert "Duplicata" not in texte(api, facture)
    imprimer(api, facture)
    assert "Duplicata" in texte(api, facture)
    assert "Duplicata" not in texte(api, facture, original="true")
    assert pdf(api, facture, original="true").content == original.content
    assert pdf(api, facture).headers["etag"] != original.headers["etag"]


def test_imp_18_l_original_reste_le_meme_octet_pour_octet(api):
    """Whatever becomes of client, article, société and tables afterwards."""
    en_tete = {
        "echeance": "30J",
        "mode_paiement": "VIREMENT",
        "mode_livraison": "LIVRAISON",
        "montant_livraison": "5.00",
    }
    poser_logo(api, "red")
    facture = imprimer(api, document(api, "facture", baguettes(), client="HOTEL", **en_tete))
    note = imprimer(api, transfere(api, "note_credit", facture))
    originaux = [pdf(api, un).content for un in (facture, note)]
    changer(api, "/v1/clients/HOTEL", nom="Autre", langue="nl", numero_tva=None, adresse={"localite": "Gent"})
    changer(api, "/v1/articles/BAG", designation="Autre", prix_vente="9.00")
    changer(api, "/v1/parametres", nom="Autre", iban=None, adresse={"localite": "Gent"})
    poser_logo(api, "blue")
    changer(api, "/v1/modes-livraison/LIVRAISON", libelle="Autre", montant="9.00")
    changer(api, "/v1/modes-paiement/VIREMENT", libelle="Autre")
    changer(api, "/v1/echeances/30J", libelle="Autre", jours=3)
    imprimer(api, facture)
    assert [pdf(api, un, original="true").content for un in (facture, note)] == originaux


def test_api_10_etag_et_304(api):
    adresse = f"/v1/documents/{document(api, 'offre', baguettes())['id']}/pdf"
    etag = api.get(adresse).headers["etag"]
    connu = api.get(adresse, headers={"if-none-match": etag})
    assert (connu.status_code, connu.content, connu.headers["etag"]) == (304, b"", etag)
    assert api.get(adresse, headers={"if-none-match": '"autre"'}).status_code == 200


@pytest.mark.parametrize(
    "changement",
    [
        lambda api, _: changer(api, "/v1/parametres", telephone="081 22 33 44"),
        lambda api, _: changer(api, "/v1/echeances/30J", libelle="Trente jours"),
        lambda api, un: modifier(api, un, contact="Rosa"),
        lambda api, un: modifier_ligne(api, un, 100, designation="Pain"),
        lambda api, _: api.put(
            "/v1/parametres/logo", content=image("red"), headers={"if-match": "*", "content-type": "image/png"}
        ),
    ],
    ids=["parametres", "libelle", "en_tete", "ligne", "logo"],
)
def test_api_10_l_etag_d_un_brouillon_suit_ce_qu_il_montre(api, changement):
    brouillon = document(api, "proforma", baguettes(), echeance="30J")
    avant = pdf(api, brouillon)
    assert changement(api, brouillon).is_success
    apres = api.get(f"/v1/documents/{brouillon['id']}/pdf", headers={"if-none-match": avant.headers["etag"]})
    assert apres.status_code == 200
    assert apres.content != avant.content


@pytest.mark.parametrize("mot", ["€ œ Łódź ő Ș Ελλάδα", "M" * 200, "<b>&amp;</b>", "{nom} %s \\n", "日本"])
def test_imp_19_tout_texte_s_imprime(api, mot):
    creer(api, "/v1/clients", {"numero": "LONG", "nom": mot, "nom_suite": mot})
    champs = {"vos_references": mot, "contact": mot, "textes": {"debut": mot * 3, "fin": "a\n\nb"}}
    lignes = [baguettes(designation=mot, memo=f"{mot}\n{mot}"), {"designation": mot}]
    lu = texte(api, imprimer(api, document(api, "facture", *lignes, client="LONG", **champs)))
    assert "Total HTVA" in lu
    if len(mot) < 30 and mot.isprintable() and "日" not in mot:
        assert lu.count(mot) >= 4


def test_imp_19_cinq_cents_lignes(api):
    lignes = [baguettes(str(rang), designation=f"Article {rang:03}") for rang in range(1, 501)]
    cree = document(api, "facture", *lignes)
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf(api, cree).content)).pages]
    assert len(pages) > 5
    for rang, page in enumerate(pages, 1):
        assert f"Page {rang}/{len(pages)}" in page
        assert ("À reporter" in page) is (rang < len(pages))
    assert all(f"Article {rang:03}" in " ".join(pages) for rang in range(1, 501))
