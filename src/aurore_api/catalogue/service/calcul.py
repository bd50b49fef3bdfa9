"""The prices of an article from any sufficient part of them (CAL-10, ART-04)."""

from datetime import date
from decimal import Decimal

from aurore_api.catalogue.erreurs import ArticleNonAssemble, SansComposants
from aurore_api.catalogue.schemas import CalculEntree, CalculSortie
from aurore_api.catalogue.service.articles import RESSOURCE, enregistre
from aurore_api.catalogue.service.composants import assemblage
from aurore_api.catalogue.service.tvac import tvac_de
from aurore_api.catalogue.tables import Article
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, modifier
from aurore_api.tables.service import taux_dates
from aurore_domain.calcul_prix import Donnees, PrixCalcules, Tvac, calculer, completer
from aurore_domain.tva import TauxInconnu

_DONNES = ("prix_achat", "frais_achat", "taux_marge", "taux_marque", "prix_vente", "prix_vente_tvac")


async def calculer_article(ctx: Contexte, numero: str, demande: CalculEntree) -> CalculSortie:
    """All prices of an article, from what is given and, for the rest, from the article or its components.

    Stores nothing unless asked.

    Raises:
        TauxInconnu: the VAT code has no rate on the day.
        ArticleNonAssemble, SansComposants: prices are to come from components that there are not.
        CalculInsuffisant, CalculContradictoire, CalculImpossible, CalculHorsBornes, PrixTvacTropPrecis: see the domain.
        NomenclatureHorsBornes: the components' quantities multiply beyond any price.
    """
    ligne = await charger(ctx, Article, numero, RESSOURCE, verrou=demande.enregistrer)
    ctx.exiger_version(ligne.version)
    jour = demande.date or ctx.aujourd_hui
    connus, manquants = await _connus(ctx, ligne, composants=demande.composants)
    vente, achat = await _tvac(ctx, ligne, jour)
    donnees = Donnees(**{nom: getattr(demande, nom) for nom in _DONNES})
    prix = calculer(completer(donnees, connus), vente)
    if demande.enregistrer:
        await _enregistrer(ctx, ligne, prix, achat_connu=not manquants)
    return CalculSortie(
        article=numero,
        date=jour,
        taux_tva_vente=vente.taux,
        taux_tva_achat=achat and achat.taux,
        prix_achat=prix.prix_achat,
        prix_achat_tvac=None if achat is None or prix.prix_achat is None else achat.de(prix.prix_achat),
        frais_achat=prix.frais_achat,
        cout=prix.cout,
        taux_marge=prix.taux_marge,
        taux_marque=prix.taux_marque,
        prix_vente=prix.prix_vente,
        prix_vente_tvac=prix.prix_vente_tvac,
        manquants=list(manquants),
        enregistre=demande.enregistrer,
        version=ligne.version,
    )


async def _connus(ctx: Contexte, ligne: Article, *, composants: bool) -> tuple[Donnees, tuple[str, ...]]:
    """The prices to start from: the article's, or what its components give and which of them have no purchase price."""
    if not composants:
        article = Donnees(
            prix_achat=ligne.dernier_prix_achat, frais_achat=ligne.frais_achat, prix_vente=ligne.prix_vente
        )
        return article, ()
    if not ligne.assemble:
        raise ArticleNonAssemble(pointeur="#/composants")
    fait = await assemblage(ctx, ligne.numero)
    if not fait.quantites:
        raise SansComposants(pointeur="#/composants")
    prix = fait.prix()
    frais = None if prix.cout is None or prix.prix_achat is None else prix.cout - prix.prix_achat
    return Donnees(prix_achat=prix.prix_achat, frais_achat=frais, prix_vente=prix.prix_vente), prix.manquants


async def _tvac(ctx: Contexte, ligne: Article, jour: date) -> tuple[Tvac, Tvac | None]:
    """How selling prices become prices including VAT on a day, and purchase prices where a rate is known for them."""
    codes = {code for code in (ligne.code_tva_vente, ligne.code_tva_achat) if code is not None}
    taux = await taux_dates(ctx, codes)
    decimales = (await parametres.lire(ctx)).decimales_visibles

    try:
        vente = tvac_de(ligne, taux[ligne.code_tva_vente], jour, decimales)
    except TauxInconnu as erreur:
        erreur.pointeur = "#/date"
        raise
    try:
        return vente, None if ligne.code_tva_achat is None else tvac_de(
            ligne, taux[ligne.code_tva_achat], jour, decimales
        )
    except TauxInconnu:
        return vente, None


async def _enregistrer(ctx: Contexte, ligne: Article, prix: PrixCalcules, *, achat_connu: bool) -> None:
    """Store the prices; a purchase side that components leave open does not efface the article's own."""
    champs: dict[str, Decimal | None] = {"prix_vente": prix.prix_vente}
    if achat_connu or prix.prix_achat is not None:
        champs |= {"dernier_prix_achat": prix.prix_achat, "frais_achat": prix.frais_achat}
    await modifier(ctx, ligne, champs, ressource=RESSOURCE, identifiant=ligne.numero, vers=enregistre)
