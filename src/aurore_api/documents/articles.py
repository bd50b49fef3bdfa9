"""The articles of typed lines: replaced, retired or not for sale (ART-05, ART-06, ART-08), and their order units."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from aurore_api.catalogue.service import (
    AchatDArticle,
    ArticleDeDocument,
    achats_des_articles,
    pour_documents,
    successeurs,
)
from aurore_api.clients import service as clients
from aurore_api.clients.prix.service import articles_du_client
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents.achats import unites_d_achat
from aurore_api.documents.erreurs import ArticleInactif, ArticleInconnu, ArticleStatistiqueNonVendable
from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.tiers import Tiers
from aurore_api.socle.contexte import Contexte
from aurore_api.tables.service import Referentiel


@dataclass(frozen=True, slots=True)
class Avis:
    """What is worth a warning about the line of an `ordre`: its article is replaced, or was (ART-05)."""

    code: Literal["article_remplace", "remplacement_suivi"]
    ordre: int
    article: str
    successeur: str


@dataclass(frozen=True, slots=True)
class ArticlesDeLignes:
    """What the lines of one request need of the catalogue, and of what the client or supplier usually deals in."""

    connus: Mapping[str, ArticleDeDocument]
    """Those named, and the successors that are followed."""
    successeurs: Mapping[str, str]
    """Of those that are replaced, the end of the chain."""
    unites_preferees: Mapping[str, str]
    achats: Mapping[str, AchatDArticle] = field(default_factory=dict)
    """How the supplier sells them, on its documents only (ART-17)."""

    def choisir(self, entree: LigneEntree) -> ArticleDeDocument:
        """The article that a line means: the one named, or its successor where that is asked for (ART-05).

        Raises:
            ArticleInconnu: there is no such article.
        """
        article = self.connus.get(_numero(entree, self.successeurs))
        if article is None:
            raise ArticleInconnu(pointeur="#/article", article=entree.article)
        return article

    def est_vidange(self, entree: LigneEntree) -> bool:
        """Whether a line is one of crates (CLI-12)."""
        article = self.connus.get(_numero(entree, self.successeurs))
        return article is not None and article.vidange

    def exiger_vendable(self, article: ArticleDeDocument) -> None:
        """Refuse an article that no new line may have.

        Raises:
            ArticleStatistiqueNonVendable: it only gathers the statistics of others (ART-08).
            ArticleInactif: it was retired; says what replaces it, or stands in for it.
        """
        if article.type_article == "statistique":
            raise ArticleStatistiqueNonVendable(pointeur="#/article")
        if not article.actif:
            autres = (self.successeurs.get(article.numero), article.substitut)
            raise ArticleInactif(pointeur="#/article", autres=list(dict.fromkeys(filter(None, autres))))

    def avis(self, entree: LigneEntree, article: ArticleDeDocument, ordre: int) -> Iterable[Avis]:
        """What is worth saying about a line of a replaced article (ART-05)."""
        if entree.article is not None and entree.article in self.successeurs:
            suivi = entree.article != article.numero
            yield Avis(
                "remplacement_suivi" if suivi else "article_remplace",
                ordre,
                entree.article,
                self.successeurs[entree.article],
            )

    def unite_commande(self, entree: LigneEntree, article: ArticleDeDocument) -> str | None:
        """The order unit of a line: unless named, the client's or the supplier's usual one, else the article's."""
        if entree.unite_commande is not None or entree.quantite_unite_commande is None:
            return entree.unite_commande
        return self.unites_preferees.get(article.numero, article.unite_par_defaut)


async def articles_des_lignes(
    ctx: Contexte, tiers: Tiers, referentiel: Referentiel, entrees: Sequence[LigneEntree]
) -> ArticlesDeLignes:
    """Load them, in as many statements however many there are.

    One statement for the articles, and one for prices of the client's own if it has any; one more where any of them is
    replaced, and those of its successor where that is followed; one more where a quantity came in an order unit that
    was not named. On documents of a supplier, one for how it sells them stands for those of the client.
    """
    connus = await articles_du_tiers(ctx, tiers, referentiel, {une.article for une in entrees if une.article})
    fins = await successeurs(ctx, [un.numero for un in connus.values() if un.remplace_par])
    suivis = {_numero(une, fins) for une in entrees if une.article in fins} - connus.keys()
    connus |= await articles_du_tiers(ctx, tiers, referentiel, suivis)
    if not isinstance(tiers, ClientDeDocument):
        achats = await achats_des_articles(ctx, tiers.numero, connus)
        return ArticlesDeLignes(connus, fins, unites_d_achat(achats), achats)
    sans_unite = {
        _numero(une, fins) for une in entrees if une.quantite_unite_commande is not None and une.unite_commande is None
    } & connus.keys()
    preferees = await clients.unites_de_commande(ctx, tiers.numero, sans_unite) if sans_unite else {}
    return ArticlesDeLignes(connus, fins, preferees)


async def articles_du_tiers(
    ctx: Contexte, tiers: Tiers, referentiel: Referentiel, numeros: Collection[str]
) -> dict[str, ArticleDeDocument]:
    """Articles by number as a client buys them, or as the société itself knows them; unknown ones are absent."""
    if isinstance(tiers, ClientDeDocument):
        return await articles_du_client(ctx, tiers, numeros, decimales=referentiel.unites)
    return await pour_documents(ctx, numeros, tarif=None, code_libelle=None, decimales=referentiel.unites)


def _numero(entree: LigneEntree, fins: Mapping[str, str]) -> str:
    nomme = entree.article or ""
    return fins.get(nomme, nomme) if entree.suivre_remplacement else nomme
