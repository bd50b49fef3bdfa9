"""THE table of checks: what is looked at and what a difference means. A new table brings its checks here (OPS-06)."""

from aurore_api.verification import (
    documents,
    graphes,
    journal,
    liens,
    magasin,
    numeros,
    production,
    recherche,
    references,
    stock,
    totaux,
    travaux,
)
from aurore_api.verification.ecarts import ControleDeDocument, ControleDEnsemble
from aurore_api.verification.gardes import gardes

PAR_DOCUMENT: tuple[ControleDeDocument, ...] = (
    ControleDeDocument(
        nom="totaux",
        sens="les montants gardés ne sont pas ceux des lignes, recalculés au centime",
        examiner=totaux.examiner,
    ),
    ControleDeDocument(nom="poids", sens="le poids n'est pas celui des lignes", examiner=totaux.examiner_poids),
    ControleDeDocument(
        nom="echeances",
        sens="la date d'échéance n'est pas celle de la condition de paiement",
        examiner=totaux.examiner_echeance,
    ),
    ControleDeDocument(
        nom="etats", sens="l'état contredit ce qui reste à transférer", examiner=documents.examiner_etat
    ),
    ControleDeDocument(
        nom="stock_documents",
        sens="le grand livre du stock ne dit pas ce que font les lignes du document",
        examiner=stock.examiner,
    ),
    ControleDeDocument(
        nom="communications",
        sens="la communication structurée n'est pas celle du numéro",
        examiner=documents.examiner_communication,
    ),
    ControleDeDocument(
        nom="recherche_documents",
        sens="le document ne se trouve plus par ce qu'il dit",
        examiner=documents.examiner_recherche,
    ),
)
"""Each is shown every document, whole."""

D_ENSEMBLE: tuple[ControleDEnsemble, ...] = (
    ControleDEnsemble(
        nom="quantites",
        sens="ce qu'une ligne dit transféré ou retourné n'est pas ce que les suivantes en tiennent",
        chercher=liens.quantites,
    ),
    ControleDEnsemble(
        nom="abandons",
        sens="ce qu'une ligne dit abandonné n'est pas ce que disent les abandons",
        chercher=liens.abandons,
    ),
    ControleDEnsemble(
        nom="depassements", sens="plus est crédité ou revenu que facturé ou livré", chercher=liens.depassements
    ),
    ControleDEnsemble(
        nom="credits",
        sens="plus d'argent est crédité que facturé, ou une note dit en prendre autre chose",
        chercher=liens.montants_credites,
    ),
    ControleDEnsemble(
        nom="surfacturations",
        sens="plus est facturé que livré, ce que seul un dépassement demandé permet",
        chercher=liens.surfacturations,
        information=True,
    ),
    ControleDEnsemble(nom="etapes", sens="une ligne vient d'où elle ne peut pas venir", chercher=liens.etapes),
    ControleDEnsemble(nom="clients", sens="une ligne vient d'un autre client", chercher=liens.clients),
    ControleDEnsemble(
        nom="frais", sens="les frais sont partis vers un document qui n'est pas là", chercher=liens.frais
    ),
    ControleDEnsemble(
        nom="frais_sans_suite",
        sens="les frais sont restés sur un document dont les lignes ont été retirées",
        chercher=liens.frais_sans_suite,
        information=True,
    ),
    ControleDEnsemble(
        nom="acomptes",
        sens="un acompte compte deux fois, ou nulle part, dans la suite de ses documents",
        chercher=liens.acomptes,
    ),
    ControleDEnsemble(
        nom="unites", sens="une ligne n'a pas la conversion de son unité de commande", chercher=liens.unites
    ),
    ControleDEnsemble(
        nom="stock_orphelin", sens="un document disparu pèse encore sur le stock", chercher=stock.orphelins
    ),
    ControleDEnsemble(
        nom="stock_soldes", sens="un solde n'est pas la somme du grand livre du stock", chercher=stock.soldes
    ),
    ControleDEnsemble(
        nom="stock_valeurs", sens="le PAMP ou le dernier prix n'est pas celui du grand livre", chercher=stock.valeurs
    ),
    ControleDEnsemble(
        nom="numeros", sens="un numéro manque sans être déclaré, ou sert deux fois", chercher=numeros.continuite
    ),
    ControleDEnsemble(nom="compteurs", sens="un compteur n'est pas au dernier numéro", chercher=numeros.compteurs),
    ControleDEnsemble(
        nom="exercices", sens="un document numéroté est daté hors de son exercice", chercher=numeros.exercices
    ),
    ControleDEnsemble(
        nom="numerotation",
        sens="un numéro n'a pas tout ce qui va avec, ou l'inverse",
        chercher=numeros.sans_exercice,
    ),
    ControleDEnsemble(
        nom="doublons", sens="deux documents portent le même nom ou la même communication", chercher=numeros.doublons
    ),
    ControleDEnsemble(
        nom="chronologie",
        sens="une facture ou note de crédit est datée avant une précédente, ce qui peut avoir été voulu",
        chercher=numeros.chronologie,
        information=True,
    ),
    ControleDEnsemble(
        nom="journal", sens="le journal ne dit pas comment un document est né ou parti", chercher=journal.presence
    ),
    ControleDEnsemble(
        nom="journal_entetes", sens="un document n'est plus comme le journal le dit", chercher=journal.entetes
    ),
    ControleDEnsemble(
        nom="journal_lignes", sens="une ligne n'est plus comme le journal la dit", chercher=journal.lignes
    ),
    ControleDEnsemble(
        nom="magasin_doubles",
        sens="une commande du magasin est aussi une facture à établir, ou deux ventes sont la même",
        chercher=magasin.doubles,
    ),
    ControleDEnsemble(
        nom="magasin_prises",
        sens="ce qui garde de facturer deux fois n'est pas ce qui est là",
        chercher=magasin.prises,
    ),
    ControleDEnsemble(
        nom="magasin_ventes",
        sens="une vente du magasin n'est pas un bordereau numéroté que sa caisse connaît",
        chercher=magasin.ventes,
    ),
    ControleDEnsemble(
        nom="cles_etrangeres", sens="une ligne nomme ce qui n'est pas là", chercher=references.cles_etrangeres
    ),
    ControleDEnsemble(
        nom="cles_uniques", sens="deux lignes partagent ce qui doit être unique", chercher=references.cles_uniques
    ),
    ControleDEnsemble(
        nom="articles",
        sens="un article nomme une unité ou un article qui ne convient pas",
        chercher=references.articles,
    ),
    ControleDEnsemble(
        nom="codes_barres",
        sens="la table des codes-barres n'est pas ce que portent articles et unités",
        chercher=references.codes_barres,
    ),
    ControleDEnsemble(
        nom="imputations",
        sens="un compte sert à deux codes d'imputation d'une même catégorie de TVA",
        chercher=references.imputations,
    ),
    ControleDEnsemble(nom="periodes", sens="des périodes se chevauchent", chercher=references.periodes),
    ControleDEnsemble(nom="images", sens="une image imprimée n'est plus gardée", chercher=references.images),
    ControleDEnsemble(
        nom="recherche_articles", sens="un article ne se trouve plus par ce qu'il dit", chercher=recherche.articles
    ),
    ControleDEnsemble(
        nom="noms_plies", sens="un nom n'est plus trié et cherché par ce qu'il dit", chercher=recherche.noms_plies
    ),
    ControleDEnsemble(nom="remplacements", sens="des articles se remplacent en rond", chercher=graphes.remplacements),
    ControleDEnsemble(nom="composants", sens="un article se compose de lui-même", chercher=graphes.composants),
    ControleDEnsemble(nom="payeurs", sens="un client finit par se payer lui-même", chercher=graphes.payeurs),
    ControleDEnsemble(
        nom="travaux", sens="un travail compte autrement ses étapes qu'elles ne sont", chercher=travaux.progression
    ),
    ControleDEnsemble(
        nom="production", sens="une liste de production imprimée ne s'additionne pas", chercher=production.listes
    ),
    ControleDEnsemble(
        nom="notes_envoi",
        sens="une note d'envoi n'est pas un bordereau numéroté",
        chercher=production.notes_envoi,
    ),
    ControleDEnsemble(
        nom="clotures", sens="une commande clôturée a été livrée ou abandonnée", chercher=magasin.clotures
    ),
    ControleDEnsemble(nom="gardes", sens="une protection de la base est levée : remettez-la", chercher=gardes),
)
"""Each looks at whole tables."""
