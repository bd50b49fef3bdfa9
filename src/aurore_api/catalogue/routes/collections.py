"""What each collection that belongs to articles is called in the contract."""

from typing import Annotated

from pydantic import Field

from aurore_api.catalogue.routes.annexes import Collection
from aurore_api.catalogue.service.collections import COMPOSANTS, FOURNISSEURS, LIBELLES, TARIFS, TAXES, UNITES
from aurore_api.socle.types import Code, NumeroArticle, NumeroFournisseur

Rang = Annotated[int, Field(ge=1, le=2**63 - 1)]

COLLECTIONS = (
    Collection(
        annexe=UNITES,
        chemin="unites",
        cle="abreviation",
        type_cle=Code,
        pluriel="unites_article",
        un="a supplementary unit",
        tous="supplementary units",
        ordre="By abbreviation.",
        ajout="Its abbreviation is its own within the article, its bar code within the société (ART-13).",
        retrait="Refused while it is the article's default unit, or a supplier's, an assembly's or a client's unit for "
        "it. Lines of documents keep its factor.",
        jamais=frozenset({"abreviation"}),
    ),
    Collection(
        annexe=TARIFS,
        chemin="tarifs",
        cle="id",
        type_cle=Rang,
        pluriel="tarifs_article",
        un="a tariff row",
        tous="tariff rows",
        ordre="By tariff, then by quantity.",
        ajout="A price or a discount, from a quantity in base unit on, while it is valid (ART-14).",
        retrait="Documents that were priced by it keep their prices.",
    ),
    Collection(
        annexe=LIBELLES,
        chemin="libelles",
        cle="code_libelle",
        type_cle=Code,
        pluriel="libelles_article",
        un="a label",
        tous="labels",
        ordre="By code.",
        ajout="Documents of clients with this `code_libelle` take it (ART-02).",
        retrait="Documents that took it keep it.",
        jamais=frozenset({"code_libelle"}),
    ),
    Collection(
        annexe=TAXES,
        chemin="taxes",
        cle="id",
        type_cle=Rang,
        pluriel="taxes_article",
        un="a tax",
        tous="taxes",
        ordre="By VAT category, then by tax.",
        ajout="Charged on lines of documents of its VAT category (ART-07, CAL-06).",
        retrait="Lines that were charged with it keep it.",
    ),
    Collection(
        annexe=FOURNISSEURS,
        chemin="fournisseurs",
        cle="fournisseur",
        type_cle=NumeroFournisseur,
        pluriel="fournisseurs_article",
        un="a supplier",
        tous="suppliers",
        ordre="By the supplier's number.",
        ajout="How it sells the article: its number and name for it, unit, delay, prices (ART-17).",
        retrait="The supplier itself stays.",
        jamais=frozenset({"fournisseur"}),
    ),
    Collection(
        annexe=COMPOSANTS,
        chemin="composants",
        cle="composant",
        type_cle=NumeroArticle,
        pluriel="composants",
        un="a component",
        tous="components",
        ordre="By number.",
        ajout="Of an article flagged `assemble`; what it is made of itself, at any depth, must not lead back (ART-11).",
        retrait="The article itself stays.",
        jamais=frozenset({"composant"}),
    ),
)
