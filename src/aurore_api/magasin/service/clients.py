"""Who a till's clients are here: made with a minimal record, then changed where they are delivered only (MAG-16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from aurore_api.clients.schemas import AdresseEntree, ClientEntree, Frequence, NoteEnvoi
from aurore_api.clients.service import adresses
from aurore_api.clients.service import clients as fiches
from aurore_api.clients.service.minimaux import creer_ensemble, numeros_pris
from aurore_api.magasin import requetes
from aurore_api.magasin.clients import RESSOURCE, ClientMagasinSortie
from aurore_api.magasin.poussees import ClientPousse
from aurore_api.magasin.service.elements import empreinte_de
from aurore_api.magasin.tables import ClientMagasin, Magasin
from aurore_api.socle.bloc import inserer_ensemble, modifier_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import modification_de
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.journal import Evenement, ecrit, evenement
from aurore_domain.clients_magasin import champs_ignores, numero_libre, numeros_possibles
from aurore_domain.erreurs import ErreurAurore, ValeurRefusee

_MODIFICATION = modification_de(AdresseEntree, "AdresseDeMagasinModification")


class ClientDeMagasinInconnu(ValeurRefusee):
    """MAG-14: the till's client is not known, and is not made: nothing is said of it, or synchronisation is off."""

    code = "client_de_magasin_inconnu"


@dataclass(slots=True)
class Resolus:
    """Who the clients of a part of a push are here."""

    connus: dict[str, ClientMagasin]
    crees: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    ignores: dict[str, list[str]] = field(default_factory=dict)
    """The fields that stay as the office has them, by the till's number."""
    refus: dict[str, ErreurAurore] = field(default_factory=dict)

    def client(self, numero: str) -> str:
        """The client of a till's number. Raises what stands against it, at the client's field."""
        if numero in self.refus:
            refus = self.refus[numero]
            raise type(refus)(pointeur=refus.pointeur, **refus.valeurs)
        return self.connus[numero].client


async def resoudre(
    ctx: Contexte, magasin: Magasin, pousses: Sequence[ClientPousse], *, frequence: Frequence | None = None
) -> Resolus:
    """Find the clients, make those that are new, and let the others be delivered as the till says.

    The shop is locked (`seul`): nobody else makes its clients meanwhile. A constant number of statements, and some more
    for each client whose delivery the till changed.
    """
    voulus = _derniers(pousses)
    resolus = Resolus(await requetes.clients(ctx, magasin.code, voulus.keys()))
    nouveaux = {numero: un for numero, un in voulus.items() if numero not in resolus.connus}
    for numero in [un for un, pousse in nouveaux.items() if pousse.nom is None or not magasin.synchro_clients]:
        pointeur = "#/client/nom" if magasin.synchro_clients else "#/client/numero"
        resolus.refus[numero] = ClientDeMagasinInconnu(pointeur=pointeur, client=numero)
        del nouveaux[numero]
    await _creer(ctx, magasin, nouveaux, resolus, frequence)
    if magasin.synchro_clients:
        for numero in sorted(voulus.keys() - nouveaux.keys() - resolus.refus.keys()):
            await _suivre(ctx, magasin, voulus[numero], resolus)
    return resolus


def _derniers(pousses: Sequence[ClientPousse]) -> dict[str, ClientPousse]:
    """What is said last of each client: the newest version, of equal ones the last."""
    derniers: dict[str, ClientPousse] = {}
    for un in pousses:
        present = derniers.get(un.numero)
        if present is None or (un.version or 0) >= (present.version or 0):
            derniers[un.numero] = un
    return derniers


async def _creer(
    ctx: Contexte,
    magasin: Magasin,
    nouveaux: Mapping[str, ClientPousse],
    resolus: Resolus,
    frequence: Frequence | None,
) -> None:
    if not nouveaux:
        return
    pris = set(await numeros_pris(ctx, {un for numero in nouveaux for un in numeros_possibles(magasin.code, numero)}))
    entrees: list[ClientEntree] = []
    for numero, pousse in nouveaux.items():
        client = numero_libre(numeros_possibles(magasin.code, numero), pris)
        pris.add(client)
        entree, ignores = _fiche(client, pousse, frequence)
        entrees.append(entree)
        if ignores:
            resolus.ignores[numero] = ignores
        resolus.connus[numero] = ClientMagasin(
            magasin=magasin.code,
            numero=numero,
            client=client,
            version=pousse.version or 0,
            empreinte=empreinte_de(pousse),
        )
        resolus.crees.add(numero)
    await creer_ensemble(ctx, entrees)
    for numero, pousse in nouveaux.items():
        if pousse.adresse_livraison is not None:
            connu = resolus.connus[numero]
            cree = await adresses.creer(ctx, connu.client, _adresse(magasin, pousse))
            connu.adresse = cree.id
    connus = [resolus.connus[numero] for numero in nouveaux]
    await inserer_ensemble(ctx, connus, [_fait(ctx, un) for un in connus])


def _fait(ctx: Contexte, connu: ClientMagasin) -> Evenement:
    apres = ecrit(ClientMagasinSortie.model_validate(connu))
    return evenement(ctx, RESSOURCE, f"{connu.magasin}/{connu.numero}", "creation", None, apres)


def _fiche(client: str, pousse: ClientPousse, frequence: Frequence | None) -> tuple[ClientEntree, list[str]]:
    """The minimal record of a new client, and what of it only the office can take: a VAT number that is none."""
    champs: dict[str, Any] = {
        "numero": client,
        "nom": pousse.nom,
        "nom_suite": pousse.nom_suite,
        "telephone": pousse.telephone,
        "courriel": pousse.courriel,
        "langue": pousse.langue,
        "particulier": True if pousse.particulier is None else pousse.particulier,
        "facturable": False,
        "note_envoi": NoteEnvoi(imprimer=False),
    }
    if frequence is not None:
        champs["frequence_regroupement"] = frequence
    if pousse.adresse is not None:
        champs["adresse"] = pousse.adresse
    if pousse.numero_tva is None:
        return ClientEntree(**champs), []
    try:
        return ClientEntree(**champs, numero_tva=pousse.numero_tva), []
    except ValidationError:
        return ClientEntree(**champs), ["numero_tva"]


def _adresse(magasin: Magasin, pousse: ClientPousse) -> AdresseEntree:
    """Where the till says that a client is delivered; its one address is that too."""
    lieu = pousse.adresse_livraison or pousse.adresse
    livraison = pousse.adresse_livraison
    return AdresseEntree(
        **({} if lieu is None else lieu.model_dump(include={"rue", "code_postal", "localite", "pays"})),
        libelle=magasin.nom,
        nom=livraison.nom if livraison else None,
        telephone=(livraison.telephone if livraison else None) or pousse.telephone,
        par_defaut=True,
    )


async def _suivre(ctx: Contexte, magasin: Magasin, pousse: ClientPousse, resolus: Resolus) -> None:
    """Take over where a known client is delivered, if the till says something new of it; name what is ignored."""
    connu = resolus.connus[pousse.numero]
    empreinte = empreinte_de(pousse)
    tardif = pousse.version is not None and pousse.version <= connu.version
    if tardif or _muet(pousse):
        return
    if empreinte == connu.empreinte:
        if pousse.version is not None:
            connu.version = pousse.version
            await modifier_en_bloc(ctx, [connu], {"version"})
        return
    fiche = await fiches.lire(ctx, connu.client)
    premiere = connu.empreinte is None  # linked by the office: its record is the one that counts
    dits = {nom: getattr(pousse, nom) for nom in pousse.model_fields_set - {"numero", "version"}}
    ignores = champs_ignores({nom: un for nom, un in dits.items() if un is not None}, fiche.model_dump())
    if ignores and not premiere:
        resolus.ignores[pousse.numero] = ignores
    demenage = pousse.adresse is not None and pousse.adresse != fiche.adresse
    ailleurs = pousse.adresse_livraison is not None
    if not premiere and (
        demenage or ailleurs or connu.adresse is not None or pousse.telephone not in {None, fiche.telephone}
    ):
        await _livrer(ctx, magasin, connu, pousse)
        resolus.changes.add(pousse.numero)
    connu.version, connu.empreinte = pousse.version or connu.version, empreinte
    await modifier_en_bloc(ctx, [connu], {"version", "empreinte", "adresse"})


def _muet(pousse: ClientPousse) -> bool:
    """Whether nothing is said of a client but its number."""
    return pousse.model_fields_set <= {"numero", "version"}


def _dits(pousse: ClientPousse) -> set[str]:
    """The fields of a delivery address that the till speaks of: what it does not say stays, such as a telephone."""
    livraison = pousse.adresse_livraison
    dits = {"telephone"} & (pousse.model_fields_set | (livraison.model_fields_set if livraison else set()))
    if livraison is not None:
        dits |= {"nom"}
    return dits if pousse.adresse is None and livraison is None else dits | {"rue", "code_postal", "localite", "pays"}


async def _livrer(ctx: Contexte, magasin: Magasin, connu: ClientMagasin, pousse: ClientPousse) -> None:
    voulue = _adresse(magasin, pousse)
    if connu.adresse is None:
        connu.adresse = (await adresses.creer(ctx, connu.client, voulue)).id
        return
    champs = voulue.model_dump(include=_dits(pousse))
    if not champs:
        return
    try:
        await adresses.changer(ctx, connu.client, connu.adresse, _MODIFICATION(**champs))
    except RessourceAbsente:
        connu.adresse = (await adresses.creer(ctx, connu.client, voulue)).id
