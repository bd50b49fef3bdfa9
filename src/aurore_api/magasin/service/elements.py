"""The items of a push, each read by itself; what the rules say of one in the words and places of what was pushed."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import ValidationError

from aurore_api.documents.erreurs import feuilles
from aurore_api.documents.sorties import Avertissement
from aurore_api.erreurs import CHAMPS_DITS, ErreurDeChamp, pointeur_de
from aurore_api.magasin.poussees import AvertissementPoussee, ResultatPoussee, StatutPoussee
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.textes import detail
from aurore_api.socle.types import Entree
from aurore_api.socle.validation import code_de, valeurs_de
from aurore_domain.erreurs import ErreurAurore

P = TypeVar("P", bound=Entree)
_PRISES: frozenset[StatutPoussee] = frozenset({"cree", "mis_a_jour", "inchange", "annule", "conflit"})
_CHAMPS = {
    "quantite_unite_commande": "quantite",
    "unite_commande": "unite",
    "prix": "prix_tvac",
    "date_livraison_prevue": "date_livraison",
    "acomptes": "paye",
    "vos_references": "vos_references",
}
"""Fields of documents that are called otherwise in what is pushed."""


@dataclass(slots=True)
class Element(Generic[P]):
    """One item, where it stands in the batch, and what became of it."""

    racine: str
    """Its pointer: `#/commandes/3`."""
    cle: str | None
    """What it is known by, if that could be read."""
    pousse: P | None
    empreinte: str = ""
    resultat: ResultatPoussee | None = None

    @property
    def noms(self) -> frozenset[str]:
        """What it is known by, and the order that it came from (MAG-19)."""
        origine: str | None = getattr(self.pousse, "reference_commande", None)
        return frozenset(nom for nom in (self.cle, origine) if nom is not None)


def lire(
    ctx: Contexte, racine: str, bruts: Sequence[Any], schema: type[P], *, cle: str = "reference"
) -> list[Element[P]]:
    """Read the items of a batch; what is not of the schema is refused with each of its fields."""
    return [_lire(ctx, f"#/{racine}/{rang}", brut, schema, cle) for rang, brut in enumerate(bruts)]


def _lire(ctx: Contexte, racine: str, brut: Any, schema: type[P], cle: str) -> Element[P]:
    try:
        pousse = schema.model_validate(brut)
    except ValidationError as erreurs:
        element: Element[P] = Element(racine, _cle_lue(erreurs, brut, cle), None)
        refuser(element, _du_schema(ctx, racine, erreurs))
        return element
    return Element(racine, getattr(pousse, cle), pousse, empreinte_de(pousse))


def _cle_lue(erreurs: ValidationError, brut: Any, cle: str) -> str | None:
    """The key of an item that is refused, unless it is what is wrong: nothing unchecked is ever told again."""
    fausses = {une["loc"][:1] for une in erreurs.errors(include_url=False, include_input=False, include_context=False)}
    if not isinstance(brut, dict) or (cle,) in fausses or () in fausses:
        return None
    return str(brut[cle])


def _du_schema(ctx: Contexte, racine: str, erreurs: ValidationError) -> list[ErreurDeChamp]:
    dits: list[ErreurDeChamp] = []
    for une in erreurs.errors(include_url=False, include_input=False)[:CHAMPS_DITS]:
        code = code_de(une["type"])
        lieu = une["loc"] if code != "champ_inconnu" else une["loc"][:-1]
        pointeur = racine + pointeur_de(("body", *lieu)).removeprefix("#")
        dits.append(ErreurDeChamp(pointeur=pointeur, code=code, detail=detail(code, ctx.langue, valeurs_de(une))))
    return dits


def empreinte_de(pousse: Entree) -> str:
    """What stands for the content of an item: all of it but its version, and of its client the number only (MAG-12).

    How it was paid at the till is told beside it (MAG-18).

    Fields left out and fields given their default are the same; so are `"3"` and `"3.00"`.
    """
    champs = pousse.model_dump(exclude={"version", "paiements"}, exclude_defaults=True)
    if isinstance(champs.get("client"), dict):
        champs["client"] = champs["client"]["numero"]
    texte = json.dumps(champs, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_ecrire)
    return hashlib.sha256(texte.encode("utf-8", "surrogatepass")).hexdigest()


def _ecrire(valeur: Any) -> str:
    return f"{valeur.normalize():f}" if isinstance(valeur, Decimal) else str(valeur)


def erreurs_de(ctx: Contexte, racine: str, erreur: ErreurAurore) -> list[ErreurDeChamp]:
    """What a rule refuses, at the fields of what was pushed."""
    return [
        ErreurDeChamp(
            pointeur=_pousse(racine, une.pointeur), code=une.code, detail=detail(une.code, ctx.langue, une.valeurs)
        )
        for une in feuilles(erreur)
    ]


def avertissements_de(racine: str, dits: Iterable[Avertissement]) -> list[AvertissementPoussee]:
    """What a document warns of, at the fields of what was pushed."""
    return [AvertissementPoussee(code=un.code, pointeur=_pousse(racine, un.pointeur), detail=un.detail) for un in dits]


def _pousse(racine: str, pointeur: str | None) -> str:
    """A pointer into a document as one into what was pushed."""
    morceaux = (pointeur or "#").removeprefix("#").split("/")
    return racine + "/".join(_CHAMPS.get(un, un) for un in morceaux)


def avertir(ctx: Contexte, pointeur: str, code: str, **valeurs: Any) -> AvertissementPoussee:
    """A warning of the till's own."""
    champs = valeurs.get("champs")
    return AvertissementPoussee(code=code, pointeur=pointeur, detail=detail(code, ctx.langue, valeurs), champs=champs)


def refuser(element: Element[P], erreurs: list[ErreurDeChamp]) -> None:
    """Settle an item as refused, for these reasons."""
    element.resultat = ResultatPoussee(reference=element.cle, statut="refuse", erreurs=erreurs)


def resultat(
    element: Element[P], statut: StatutPoussee, document: UUID | None = None, **autres: Any
) -> ResultatPoussee:
    """The outcome of an item."""
    return ResultatPoussee.model_construct(
        reference=element.cle, statut=statut, document=document, **({"avertissements": [], "erreurs": []} | autres)
    )


def est_prise(statut: StatutPoussee) -> bool:
    """Whether an item with this outcome is known from then on, so that its copies can be answered from it."""
    return statut in _PRISES


def copier_resultat(modele: ResultatPoussee, de: str, vers: str) -> ResultatPoussee:
    """The outcome of another item that is the same, told of where the copy stands."""
    motif = re.compile(rf"^{re.escape(de)}(?=/|$)")
    return modele.model_copy(
        update={
            nom: [
                un.model_copy(update={"pointeur": motif.sub(vers, un.pointeur)}) if un.pointeur else un
                for un in getattr(modele, nom)
            ]
            for nom in ("erreurs", "avertissements")
        }
    )
