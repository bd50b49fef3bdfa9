"""What the documents' own service refuses; the rules' refusals come from the domain."""

from collections.abc import Sequence

from aurore_api.socle.erreurs import ReferenceInconnue, RessourceAbsente
from aurore_domain.erreurs import Conflit, ErreurAurore, ErreursMultiples, ValeurRefusee


def feuilles(erreur: ErreurAurore) -> Sequence[ErreurAurore]:
    """The refusals that were told together, or the one there is."""
    return erreur.erreurs if isinstance(erreur, ErreursMultiples) else (erreur,)


class DocumentAbsent(RessourceAbsente):
    """No such document, or no such line of it."""

    code = "document_absent"


class ArticleInconnu(ReferenceInconnue):
    """The line names an article that does not exist."""

    code = "article_inconnu"


class ArticleInactif(ValeurRefusee):
    """The article was retired: no new line may have it; `autres` names its successor and its substitute (ART-08)."""

    code = "article_inactif"


class ArticleStatistiqueNonVendable(ValeurRefusee):
    """The article only gathers the statistics of others; nothing is sold under it (ART-08)."""

    code = "article_statistique_non_vendable"


class ClientInconnu(ReferenceInconnue):
    """The document names a client that does not exist."""

    code = "client_inconnu"


class ClientInactif(ValeurRefusee):
    """The client is inactive: what it has goes on, nothing new begins (CLI-10)."""

    code = "client_inactif"


class ClientNonFacturable(Conflit):
    """The client's record is not complete, so nothing of it becomes a facture (CLI-13)."""

    code = "client_non_facturable"


class FournisseurInconnu(ReferenceInconnue):
    """The document names a supplier that does not exist."""

    code = "fournisseur_inconnu"


class FournisseurInactif(ValeurRefusee):
    """The supplier is inactive: what is ordered there goes on, nothing new begins (FOU-02)."""

    code = "fournisseur_inactif"


class AchatSansArticle(ValeurRefusee):
    """Only lines of an article have costs of purchase or a supplier's article number."""

    code = "achat_sans_article"


class AdresseInconnue(ReferenceInconnue):
    """The delivery address is not one of the client's."""

    code = "adresse_inconnue_du_client"


class UniteDeBaseDifferente(ValeurRefusee):
    """The base unit of an article's line is the article's."""

    code = "unite_de_base_differente"


class OrdrePris(ValeurRefusee):
    """Another line of the document has this `ordre`."""

    code = "ordre_pris"


class OrdreEpuise(ValeurRefusee):
    """No `ordre` is left after the last line; give one, or move that line."""

    code = "ordre_epuise"


class UniteCommandeSansArticle(ValeurRefusee):
    """Only articles have order units; a free line or a comment names none."""

    code = "unite_commande_sans_article"


class DesignationRequise(ValeurRefusee):
    """A line without article needs a designation."""

    code = "designation_requise"


class QuantiteTropGrande(ValeurRefusee):
    """The quantity, or what it converts to, has more than 9 digits before the point."""

    code = "quantite_trop_grande"


class MontantTropGrand(ValeurRefusee):
    """An amount or total has more than 12 digits before the point."""

    code = "montant_trop_grand"


class QuantiteDejaTransferee(Conflit):
    """Less than what following documents already hold of the line."""

    code = "quantite_deja_transferee"


class LigneEntamee(Conflit):
    """Something of the line stands in a following document, which must give it back first."""

    code = "ligne_entamee"


class AcompteTransfere(Conflit):
    """The deposit went along to a following document, which holds it now (DOC-16)."""

    code = "acompte_transfere"


class CibleIncomplete(ValeurRefusee):
    """A transfer's target names either a type or an existing document."""

    code = "cible_incomplete"


class ClientsDifferents(ValeurRefusee):
    """Documents of different clients cannot be joined (TRF-04)."""

    code = "clients_differents"


class FournisseursDifferents(ValeurRefusee):
    """Documents of different suppliers cannot be joined (FOU-02, TRF-04)."""

    code = "fournisseurs_differents"


class DocumentsNonJoignables(ValeurRefusee):
    """Documents that state prices or VAT differently cannot be joined."""

    code = "documents_non_joignables"


class SourceRepetee(ValeurRefusee):
    """A document is named twice among the sources, or is its own target."""

    code = "source_repetee"


class ExerciceRequis(ValeurRefusee):
    """Numbers are ranges within an exercice (EFF-01)."""

    code = "exercice_requis"


class NumerosInverses(ValeurRefusee):
    """The range of numbers ends before it begins. Values: `debut`, `fin`."""

    code = "numeros_inverses"


class SansPrixImpossible(ValeurRefusee):
    """Only delivery notes are printed without prices (IMP-11)."""

    code = "sans_prix_impossible"


class DocumentVerrouille(Conflit):
    """Another transaction holds the document, or one that it came from: it is refused, not waited for (EFF-02)."""

    code = "document_verrouille"


class BackOrderImpossible(ValeurRefusee):
    """Only a line of an article on a document by which goods leave can leave some for later (TRF-08)."""

    code = "back_order_impossible"


class BackOrderCree(Conflit):
    """The back-order stands in its commande since the document has its number: it is changed there (TRF-08)."""

    code = "back_order_cree"


class AbandonRepris(Conflit):
    """What was given up was taken back already (TRF-08)."""

    code = "abandon_repris"


class ConservationLegale(Conflit):
    """CLI-10: the law still asks for factures of the client, so its data stay."""

    code = "conservation_legale"


class DocumentsEnAttente(Conflit):
    """CLI-10: the client has documents that are not closed, so its data stay."""

    code = "documents_en_attente"
