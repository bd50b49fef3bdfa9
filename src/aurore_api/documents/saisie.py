"""From what was typed to a line: article, units, price, defaults (DOC-11, DOC-12, CAL-02 to CAL-05)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from uuid_utils.compat import uuid7

from aurore_api.catalogue.service import AchatDArticle, ArticleDeDocument
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents import achats, tiers
from aurore_api.documents.articles import ArticlesDeLignes, Avis, articles_des_lignes
from aurore_api.documents.calcul import MONTANT_MAX, PRIX_MAX
from aurore_api.documents.composition import composition_de
from aurore_api.documents.credit.service import Surveillance
from aurore_api.documents.erreurs import (
    BackOrderImpossible,
    DesignationRequise,
    MontantTropGrand,
    OrdreEpuise,
    OrdrePris,
    QuantiteTropGrande,
    UniteCommandeSansArticle,
    UniteDeBaseDifferente,
    feuilles,
)
from aurore_api.documents.facteurs import facteurs_de
from aurore_api.documents.references import verifier_references
from aurore_api.documents.reprise import PRIX, QUANTITES, Reprise
from aurore_api.documents.schemas import ORDRE_MAX, LigneEntree
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.taxes import copier
from aurore_api.documents.tiers import Tiers
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.tables.service import Referentiel
from aurore_domain.cycle import EffetStock, regle
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.lignes import (
    Genre,
    QuantiteNegative,
    genre_de,
    ordre_suivant,
    verifier_ligne,
    verifier_quantite,
)
from aurore_domain.montants_lignes import montant_ligne
from aurore_domain.prix import DemandePrix, prix_tvac_depuis_htva, resoudre_prix
from aurore_domain.tva import TauxInconnu
from aurore_domain.unites import Quantite, completer

QUANTITE_MAX = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Etabli:
    """All that entering lines needs to know, loaded once per request."""

    document: Document
    tiers: Tiers
    """The client or supplier that the document is made for."""
    parametres: ParametresSortie
    referentiel: Referentiel
    credit: Surveillance | None = None
    """What was open of the client before the change, where its credit is controlled (DOC-20)."""
    avis: list[Avis] = field(default_factory=list)
    """What entering the lines gave cause to warn of."""
    ligne: type[LigneDocument] = LigneDocument
    """What lines are made as: light rows where the session will not follow them."""
    substituts: dict[str, str] = field(default_factory=dict)
    """What may be sold in the place of articles that were entered (ART-06)."""

    @property
    def client(self) -> ClientDeDocument | None:
        """The client; None on documents of a supplier."""
        return self.tiers if isinstance(self.tiers, ClientDeDocument) else None

    @property
    def acheteur(self) -> Tiers:
        """A client with the tariff and the general discount that the document copied of it, or got since (CLI-02)."""
        if self.client is None:
            return self.tiers
        return replace(self.client, tarif=self.document.tarif, remise=self.document.remise)


async def construire(
    ctx: Contexte, etabli: Etabli, entrees: Sequence[LigneEntree], *, pris: Collection[int] = ()
) -> list[LigneDocument]:
    """Make the lines of what was typed, beside those with the `ordre` of `pris`; every refusal names its line.

    Raises:
        ErreurAurore: one of `erreurs` or of the domain's refusals, several together as `ErreursMultiples`.
    """
    articles = await articles_des_lignes(ctx, etabli.acheteur, etabli.referentiel, entrees)
    return construire_avec(etabli, entrees, articles, pris=pris)


def construire_avec(
    etabli: Etabli, entrees: Sequence[LigneEntree], articles: ArticlesDeLignes, *, pris: Collection[int] = ()
) -> list[LigneDocument]:
    """`construire`, where the articles are at hand."""
    erreurs: list[ErreurAurore] = []
    lignes: list[LigneDocument] = []
    ordres, dernier = set(pris), max(pris, default=0)
    for rang, entree in enumerate(entrees):
        try:
            ordres.add(ordre := _ordre(entree, ordres, dernier))
            dernier = max(dernier, ordre)
            lignes.append(faire_ligne(etabli, entree, articles, ordre))
        except ErreurAurore as erreur:
            erreurs.extend(une.sous(f"#/lignes/{rang}") for une in feuilles(erreur))
    lever(erreurs)
    return lignes


async def construire_une(
    ctx: Contexte, etabli: Etabli, entree: LigneEntree, *, pris: Collection[int], reprise: Reprise | None = None
) -> LigneDocument:
    """Make one line of a document whose other lines have the `ordre` of `pris`; raises as `construire`."""
    articles = await articles_des_lignes(ctx, etabli.acheteur, etabli.referentiel, [entree])
    return faire_ligne(etabli, entree, articles, _ordre(entree, pris, max(pris, default=0)), reprise)


def _ordre(entree: LigneEntree, pris: Collection[int], dernier: int) -> int:
    if entree.ordre in pris:
        raise OrdrePris(pointeur="#/ordre", ordre=entree.ordre)
    return entree.ordre or ordre_libre((dernier,))


def ordre_libre(pris: Collection[int]) -> int:
    """The `ordre` of a line that comes last (DOC-11).

    Raises:
        OrdreEpuise: the last line has the greatest `ordre` there is.
    """
    suivant = ordre_suivant(pris)
    if suivant > ORDRE_MAX:
        raise OrdreEpuise(pointeur="#/ordre", maximum=ORDRE_MAX)
    return suivant


def faire_ligne(
    etabli: Etabli,
    entree: LigneEntree,
    articles: ArticlesDeLignes,
    ordre: int,
    reprise: Reprise | None = None,
) -> LigneDocument:
    """One line; pointers are those of its own fields."""
    tiers.verifier_ligne(etabli.document.type, entree)
    typee = entree.quantite if entree.quantite is not None else entree.quantite_unite_commande
    genre = genre_de(entree.article, typee, entree.prix, entree.code_tva)
    verifier_references(entree, etabli.referentiel)
    tiers.verifier_imputation(etabli.document.type, entree.imputation, etabli.referentiel.imputations)
    if reprise is None or not reprise.quantite:
        _verifier_signe(etabli, entree, genre, vidange=articles.est_vidange(entree))
    ligne = etabli.ligne(
        id=uuid7(),
        document=etabli.document.id,
        ordre=ordre,
        genre=genre,
        designation=entree.designation or "",
        memo=entree.memo,
        taxe=entree.taxe or False,
        sous_total=entree.sous_total,
        plan_analytique=entree.plan_analytique,
        compte_analytique=entree.compte_analytique,
        mise_a_jour_stock=entree.mise_a_jour_stock,
        date_livraison=entree.date_livraison or etabli.document.date_livraison_prevue,
        depot=entree.depot or etabli.document.depot or etabli.parametres.depot_defaut,
    )
    if genre == "article":
        _article(ligne, etabli, entree, articles, reprise)
    elif genre == "libre":
        _libre(ligne, etabli, entree, reprise)
    else:
        _commentaire(ligne, entree)
    _poser_back_order(ligne, etabli, entree)
    if ligne.code_tva is not None:
        etabli.referentiel.taux(ligne.code_tva, etabli.document.date)
    _verifier_montant(ligne)
    return ligne


def _poser_back_order(ligne: LigneDocument, etabli: Etabli, entree: LigneEntree) -> None:
    """What is still owed is goods, and said where goods leave (TRF-08)."""
    if not entree.back_order:
        return
    if ligne.genre != "article" or regle(etabli.document.type).stock is not EffetStock.SORTIE:
        raise BackOrderImpossible(pointeur="#/back_order")
    ligne.back_order = entree.back_order


def _verifier_signe(etabli: Etabli, entree: LigneEntree, genre: Genre, *, vidange: bool) -> None:
    negatif = regle(etabli.document.type).signe < 0
    for champ in ("quantite", "quantite_unite_commande"):
        try:
            verifier_quantite(genre, getattr(entree, champ), vidange=vidange, type_negatif=negatif)
        except QuantiteNegative as erreur:
            erreur.pointeur = f"#/{champ}"
            raise


def _verifier_montant(ligne: LigneDocument) -> None:
    if abs(montant_ligne(ligne.quantite, ligne.prix, ligne.remise)) >= MONTANT_MAX:
        raise MontantTropGrand(pointeur="#/prix")


def _article(
    ligne: LigneDocument,
    etabli: Etabli,
    entree: LigneEntree,
    articles: ArticlesDeLignes,
    reprise: Reprise | None,
) -> None:
    article = articles.choisir(entree)
    achat = articles.achats.get(article.numero)
    if achat is not None:
        entree = achats.suggerer_quantite(entree, achat)
    if reprise is None or not reprise.garde(article.numero):
        articles.exiger_vendable(article)
        etabli.avis.extend(articles.avis(entree, article, ligne.ordre))
    if entree.unite not in {None, article.unite}:
        raise UniteDeBaseDifferente(pointeur="#/unite", unite=article.unite)
    verifier_ligne(
        "article",
        quantite=entree.quantite,
        quantite_unite_commande=entree.quantite_unite_commande,
        prix=entree.prix,
        code_tva=entree.code_tva,
    )
    ligne.article, ligne.unite = article.numero, article.unite
    if reprise is not None and reprise.quantite:
        _reprendre(reprise.ligne, ligne, QUANTITES)
    else:
        ligne.unite_commande = articles.unite_commande(entree, article)
        conversion = article.conversion(ligne.unite_commande)
        poser_quantite(ligne, completer(entree.quantite, entree.quantite_unite_commande, conversion))
        ligne.facteurs = facteurs_de(conversion) if conversion else None
    ligne.poids_unitaire = article.poids_kg
    ligne.vidange = article.vidange
    if article.substitut is not None:
        etabli.substituts[article.numero] = article.substitut
    ligne.composition = _composition(article, achat, reprise)
    if achat is None:
        ligne.designation = entree.designation or article.designation
        ligne.memo = entree.memo if "memo" in entree.model_fields_set else article.description
        ligne.code_tva = entree.code_tva or article.code_tva_vente
        ligne.imputation = entree.imputation or article.imputation_vente
        _poser_taxes(ligne, etabli, entree, article, reprise)
    else:
        achats.completer(ligne, entree, article, achat, etabli.parametres)
        if entree.date_livraison is None and not isinstance(etabli.tiers, ClientDeDocument):
            achats.dater(ligne, etabli.document, etabli.tiers, achat)
    if reprise is not None and reprise.prix:
        _reprendre(reprise.ligne, ligne, PRIX)
    elif achat is None:
        poser_prix(ligne, etabli, article, prix=entree.prix, remise=entree.remise)
    else:
        achats.poser_prix(ligne, etabli.document, achat, prix=entree.prix, remise=entree.remise)


def _composition(
    article: ArticleDeDocument, achat: AchatDArticle | None, reprise: Reprise | None
) -> list[tuple[str, str]] | None:
    """What moves in the article's place; what is bought assembled comes in as it is (ART-11)."""
    if reprise is not None and reprise.garde(article.numero):
        return reprise.ligne.composition
    return None if achat is not None and article.ingredients else composition_de(article.ingredients)


def _poser_taxes(
    ligne: LigneDocument, etabli: Etabli, entree: LigneEntree, article: ArticleDeDocument, reprise: Reprise | None
) -> None:
    """Copy the article's taxes, and flag the line as the article says unless it was said (ART-07)."""
    ligne.taxe = article.appliquer_taxe if entree.taxe is None else entree.taxe
    if reprise is not None and reprise.taxes and reprise.garde(article.numero):
        ligne.taxes_copiees = reprise.ligne.taxes_copiees
    else:
        ligne.taxes_copiees = copier(article.taxes, etabli.referentiel)
    if reprise is None or not reprise.ligne.taux_fige:
        _verifier_taux_des_taxes(ligne, etabli)


def _verifier_taux_des_taxes(ligne: LigneDocument, etabli: Etabli) -> None:
    """Refuse here what the totals could not compute; they would not know which line it is of."""
    for une in ligne.taxes_copiees if ligne.taxe else ():
        if une["categorie_tva"] == etabli.document.categorie_tva:
            try:
                etabli.referentiel.taux(une["code_tva"], etabli.document.date)
            except TauxInconnu as erreur:
                erreur.pointeur = "#/taxe"
                raise


def _reprendre(de: LigneDocument, vers: LigneDocument, champs: Collection[str]) -> None:
    for nom in champs:
        setattr(vers, nom, getattr(de, nom))


def poser_prix(
    ligne: LigneDocument,
    etabli: Etabli,
    article: ArticleDeDocument,
    *,
    prix: Decimal | None,
    remise: Decimal | None,
) -> None:
    """Give an article's line its price (CAL-04); prices of the catalogue get their VAT where the document has it.

    The rows are those that hold on the document's date when the line is entered, or when its quantity or price is
    changed: a price that was agreed stays as it is when only the date of the document moves.
    """
    resolu = resoudre_prix(
        DemandePrix(
            quantite=abs(ligne.quantite or Decimal(0)),  # crates that come back cost what as many do that go out
            date_document=etabli.document.date,
            prix_base=article.prix_vente,
            prix_saisi=prix,
            remise_saisie=remise,
            tarif=etabli.document.tarif,
            remise_generale=etabli.document.remise,
            lignes_client=article.prix_client,
            lignes_tarif=article.tarifs,
        )
    )
    ligne.prix, ligne.remise, ligne.regle_prix = resolu.prix, resolu.remise, resolu.regle
    ligne.remise_saisie = remise is not None
    if etabli.document.prix_tvac and prix is None and ligne.code_tva:
        taux = etabli.referentiel.taux(ligne.code_tva, etabli.document.date)
        traitement = etabli.referentiel.categories_tva[etabli.document.categorie_tva].traitement(taux)
        ligne.prix = prix_tvac_depuis_htva(resolu.prix, traitement.taux)
        if ligne.prix >= PRIX_MAX:
            raise MontantTropGrand(pointeur="#/prix")


def _libre(ligne: LigneDocument, etabli: Etabli, entree: LigneEntree, reprise: Reprise | None) -> None:
    _exiger_sans_article(entree)
    quantite = entree.quantite if entree.quantite is not None or entree.prix is None else Decimal(1)
    prix = entree.prix if entree.prix is not None or quantite is None else Decimal(0)
    verifier_ligne(
        "libre",
        quantite=quantite,
        quantite_unite_commande=entree.quantite_unite_commande,
        prix=prix,
        code_tva=entree.code_tva,
    )
    if reprise is not None and reprise.quantite:
        _reprendre(reprise.ligne, ligne, QUANTITES)
    elif quantite is not None or entree.quantite_unite_commande is not None:
        poser_quantite(ligne, completer(quantite, entree.quantite_unite_commande, None))
    ligne.unite = entree.unite or etabli.parametres.unite_defaut
    ligne.prix, ligne.remise = prix, entree.remise or Decimal(0)
    ligne.regle_prix, ligne.remise_saisie = "saisi", entree.remise is not None
    ligne.code_tva = entree.code_tva
    ligne.imputation = entree.imputation or _imputation_libre(etabli)


def _imputation_libre(etabli: Etabli) -> str | None:
    """The société's posting code for free lines, of sales or of purchases."""
    if etabli.client is None:
        return etabli.parametres.imputation_achat_defaut
    return etabli.parametres.imputation_defaut


def _commentaire(ligne: LigneDocument, entree: LigneEntree) -> None:
    _exiger_sans_article(entree)
    ligne.mise_a_jour_stock = False


def _exiger_sans_article(entree: LigneEntree) -> None:
    achats.refuser_sans_article(entree)
    if not entree.designation:
        raise DesignationRequise(pointeur="#/designation")
    if entree.unite_commande is not None:
        raise UniteCommandeSansArticle(pointeur="#/unite_commande")


def poser_quantite(ligne: LigneDocument, quantite: Quantite) -> None:
    """Give a line its quantities. Raises `QuantiteTropGrande`."""
    for nom, valeur in (
        ("quantite", quantite.quantite),
        ("quantite_unite_commande", quantite.quantite_unite_commande),
    ):
        if valeur is not None and abs(valeur) >= QUANTITE_MAX:
            raise QuantiteTropGrande(pointeur=f"#/{nom}")
    ligne.quantite, ligne.quantite_unite_commande = quantite.quantite, quantite.quantite_unite_commande
    ligne.saisie = quantite.saisie
