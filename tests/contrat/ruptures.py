"""What a new contract takes away from those who rely on an old one (API-11). Pure: two documents in, sentences out."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
METHODES = ("get", "put", "post", "patch", "delete")
_AU_PLUS = ("maximum", "maxLength", "maxItems")
_AU_MOINS = ("minimum", "minLength", "minItems")


def operations(contrat: Json) -> dict[str, tuple[str, Json]]:
    """Every operation by its id, with the method and path it is served at."""
    return {
        operation["operationId"]: (f"{methode} {chemin}", operation)
        for chemin, methodes in contrat["paths"].items()
        for methode, operation in methodes.items()
        if methode in METHODES
    }


def ruptures(ancien: Json, nouveau: Json) -> list[str]:
    """Everything that can break a client written for `ancien`, in words; empty when it goes on working.

    Refused: an operation, an answer, a field of an answer or a parameter that is gone; a request that must now say
    more or may now say less; a value of a list that is no longer taken; a narrower bound; another type. A new value in
    an answer's list is none: clients are told to expect them.
    """
    anciennes, nouvelles = operations(ancien), operations(nouveau)
    trouvees: list[str] = []
    for nom, (lieu, operation) in anciennes.items():
        if nom not in nouvelles:
            trouvees.append(f"{nom} : opération disparue")
        elif nouvelles[nom][0] != lieu:
            trouvees.append(f"{nom} : {lieu} est devenu {nouvelles[nom][0]}")
        else:
            trouvees += _de_l_operation(nom, (ancien, operation), (nouveau, nouvelles[nom][1]))
    return trouvees


def _de_l_operation(nom: str, avant: tuple[Json, Json], apres: tuple[Json, Json]) -> Iterator[str]:
    (ancien, avait), (nouveau, a) = avant, apres
    yield from _des_parametres(nom, (ancien, avait), (nouveau, a))
    demandait, demande = (une.get("requestBody", {}).get("content", {}) for une in (avait, a))
    if demande and not demandait and a["requestBody"].get("required"):
        yield f"{nom} : un corps est devenu obligatoire"
    for media, contenu in demandait.items():
        if media not in demande:
            yield f"{nom} : {media} n'est plus accepté"
        else:
            yield from _du_schema(
                f"{nom} ←", (ancien, contenu["schema"]), (nouveau, demande[media]["schema"]), entree=True
            )
    for statut, reponse in avait["responses"].items():
        if statut not in a["responses"]:
            yield f"{nom} : la réponse {statut} a disparu"
            continue
        rendait, rend = _lu(ancien, reponse), _lu(nouveau, a["responses"][statut])
        for media, contenu in rendait.get("content", {}).items():
            if media not in rend.get("content", {}):
                yield f"{nom} : {statut} n'est plus rendu en {media}"
                continue
            schemas = (contenu.get("schema", {}), rend["content"][media].get("schema", {}))
            yield from _du_schema(f"{nom} → {statut}", (ancien, schemas[0]), (nouveau, schemas[1]), entree=False)


def _des_parametres(nom: str, avant: tuple[Json, Json], apres: tuple[Json, Json]) -> Iterator[str]:
    (ancien, avait), (nouveau, a) = avant, apres
    connus, sont = ({(un["in"], un["name"]): un for un in une.get("parameters", ())} for une in (avait, a))
    for cle, parametre in connus.items():
        if cle not in sont:
            yield f"{nom} : le paramètre {cle[1]} a disparu"
        else:
            schemas = (ancien, parametre["schema"]), (nouveau, sont[cle]["schema"])
            yield from _du_schema(f"{nom} ?{cle[1]}", *schemas, entree=True)
    for cle, parametre in sont.items():
        if parametre.get("required") and not connus.get(cle, {}).get("required"):
            yield f"{nom} : le paramètre {cle[1]} est devenu obligatoire"


def _du_schema(
    lieu: str, avant: tuple[Json, Json], apres: tuple[Json, Json], *, entree: bool, vus: frozenset[str] = frozenset()
) -> Iterator[str]:
    renvoi = avant[1].get("$ref", "")
    if renvoi in vus:
        return
    vus |= {renvoi} - {""}
    ancien, nouveau = (avant[0], _lu(*avant)), (apres[0], _lu(*apres))
    avait, a = _branches(*ancien), _branches(*nouveau)
    exiges, offerts = (avait, a) if entree else (a, avait)
    for genre in exiges.keys() - offerts.keys():
        yield f"{lieu} : {genre} " + ("n'est plus accepté" if entree else "peut maintenant être rendu")
    for genre in avait.keys() & a.keys():
        yield from _de_la_branche(lieu, (ancien[0], avait[genre]), (nouveau[0], a[genre]), entree=entree, vus=vus)


def _de_la_branche(
    lieu: str, avant: tuple[Json, Json], apres: tuple[Json, Json], *, entree: bool, vus: frozenset[str]
) -> Iterator[str]:
    (ancien, avait), (nouveau, a) = avant, apres
    avait_valeurs, a_valeurs = (set(un.get("enum", [un["const"]] if "const" in un else ())) for un in (avait, a))
    if entree and a_valeurs and (perdues := avait_valeurs - a_valeurs or (not avait_valeurs and {"toute autre"})):
        yield f"{lieu} : valeurs qui ne sont plus acceptées : {', '.join(sorted(map(str, perdues)))}"
    if entree:
        yield from _des_bornes(lieu, avait, a)
    champs, presents = avait.get("properties", {}), a.get("properties", {})
    for champ, schema in champs.items():
        if champ not in presents:
            yield f"{lieu}.{champ} : disparu"
        else:
            yield from _du_schema(
                f"{lieu}.{champ}", (ancien, schema), (nouveau, presents[champ]), entree=entree, vus=vus
            )
    avant_requis, requis = set(avait.get("required", ())), set(a.get("required", ()))
    for champ in sorted(requis - avant_requis if entree else (avant_requis - requis) & presents.keys()):
        yield f"{lieu}.{champ} : " + ("devenu obligatoire" if entree else "n'est plus toujours là")
    if "items" in avait and "items" in a:
        yield from _du_schema(f"{lieu}[]", (ancien, avait["items"]), (nouveau, a["items"]), entree=entree, vus=vus)


def _des_bornes(lieu: str, avait: Json, a: Json) -> Iterator[str]:
    for borne in _AU_PLUS:
        if borne in a and a[borne] < avait.get(borne, float("inf")):
            yield f"{lieu} : {borne} est devenu {a[borne]}"
    for borne in _AU_MOINS:
        if borne in a and a[borne] > avait.get(borne, float("-inf")):
            yield f"{lieu} : {borne} est devenu {a[borne]}"
    if "pattern" in a and a["pattern"] != avait.get("pattern"):
        yield f"{lieu} : le motif a changé"


def _lu(contrat: Json, objet: Json) -> Json:
    """What a `$ref` names, or the object itself."""
    while "$ref" in objet:
        valeur: Any = contrat
        for morceau in objet["$ref"].removeprefix("#/").split("/"):
            valeur = valeur[morceau]
        objet = valeur
    return objet


def _branches(contrat: Json, schema: Json) -> dict[str, Json]:
    """The alternatives of a schema by their type: `string`, `object`, `null` and so on."""
    if "anyOf" in schema or "oneOf" in schema:
        lues = [_lu(contrat, un) for un in schema.get("anyOf", schema.get("oneOf", ()))]
    else:
        lues = [schema]
    return {str(un.get("type", "tout")): un for un in lues}
