"""`/v1/<table>`: every plain table, through the one generic piece."""

from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.tables_simples import TableSimple, monter
from aurore_api.tables import schemas, tables
from aurore_api.tables.imputations.routes import routeur as imputations
from aurore_api.tables.imputations.service import verifier_genre

TABLES = (
    TableSimple("departements", "departement", tables.Departement, schemas.CodeLibelleEntree, "departments"),
    TableSimple("familles", "famille", tables.Famille, schemas.FamilleEntree, "families of articles"),
    TableSimple("structures", "structure", tables.Structure, schemas.CodeLibelleEntree, "structures of articles"),
    TableSimple("unites", "unite", tables.Unite, schemas.UniteEntree, "units of measure"),
    TableSimple("tarifs", "tarif", tables.Tarif, schemas.CodeLibelleEntree, "price lists"),
    TableSimple("categories-tva", "categorie_tva", tables.CategorieTva, schemas.CategorieTvaEntree, "VAT categories"),
    TableSimple("codes-tva", "code_tva", tables.CodeTva, schemas.CodeTvaEntree, "VAT codes with dated rates"),
    TableSimple("taxes", "taxe", tables.Taxe, schemas.TaxeEntree, "taxes and deposits"),
    TableSimple("devises", "devise", tables.Devise, schemas.DeviseEntree, "currencies"),
    TableSimple(
        "codes-intrastat", "code_intrastat", tables.CodeIntrastat, schemas.CodeIntrastatEntree, "commodity codes"
    ),
    TableSimple("comptes", "compte", tables.Compte, schemas.CompteEntree, "accounts", cle="numero"),
    TableSimple(
        "imputations",
        "imputation",
        tables.Imputation,
        schemas.ImputationEntree,
        "posting codes",
        verifier=verifier_genre,
    ),
    TableSimple("echeances", "echeance", tables.Echeance, schemas.EcheanceEntree, "payment terms"),
    TableSimple("escomptes", "escompte", tables.Escompte, schemas.EscompteEntree, "cash discounts"),
    TableSimple("modes-paiement", "mode_paiement", tables.ModePaiement, schemas.ModePaiementEntree, "ways of paying"),
    TableSimple(
        "modes-livraison", "mode_livraison", tables.ModeLivraison, schemas.ModeLivraisonEntree, "ways of delivering"
    ),
    TableSimple("representants", "representant", tables.Representant, schemas.RepresentantEntree, "representatives"),
    TableSimple(
        "codes-statistiques", "code_statistique", tables.CodeStatistique, schemas.CodeLibelleEntree, "statistical codes"
    ),
    TableSimple("depots", "depot", tables.Depot, schemas.CodeLibelleEntree, "warehouses"),
    TableSimple("emplacements", "emplacement", tables.Emplacement, schemas.EmplacementEntree, "shelf places"),
    TableSimple("profils", "profil", tables.Profil, schemas.CodeLibelleEntree, "printing profiles"),
    TableSimple("tournees", "tournee", tables.Tournee, schemas.TourneeEntree, "delivery rounds", cle="numero"),
    TableSimple(
        "plans-analytiques", "plan_analytique", tables.PlanAnalytique, schemas.CodeLibelleEntree, "analytic plans"
    ),
    TableSimple(
        "comptes-analytiques",
        "compte_analytique",
        tables.CompteAnalytique,
        schemas.CompteAnalytiqueEntree,
        "analytic accounts",
    ),
)
"""Every plain table; the order is that of the contract."""

routeur = nouveau_routeur("")
for _table in TABLES:
    monter(routeur, _table)
routeur.include_router(imputations)
