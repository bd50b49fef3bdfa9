"""From a document's rows to its print model, out of copies that the document itself keeps (IMP-10, IMP-18, IMP-20)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from aurore_api.catalogue import service as catalogue
from aurore_api.clients import service as clients
from aurore_api.clients.service import NoteEnvoiDuClient
from aurore_api.documents import requetes
from aurore_api.documents.sorties import TotauxSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.taxes import TaxeDeLigne
from aurore_api.documents.vidanges import a_imprimer
from aurore_api.impression import modele
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.tables import service as tables
from aurore_api.tables.service import Referentiel
from aurore_domain.cycle import TypeDocument, regle
from aurore_domain.tiers import est_achat

_SE_PAIENT = frozenset({TypeDocument.FACTURE, TypeDocument.PROFORMA})
"""The types that ask for money: terms and communication are printed on these only."""
_CORRIGENT = frozenset({TypeDocument.NOTE_CREDIT})
"""The types that name the factures they correct (IMP-20)."""
_SANS_PRIX = frozenset({TypeDocument.APPEL_OFFRE})
"""The types that ask for prices, so that say none: a supplier is not told what the last one asked."""
PRIX_FACULTATIFS = frozenset({TypeDocument.BORDEREAU})
"""The types that are printed with or without prices, as the client has it (IMP-11)."""
_NOMMES = ("echeance", "mode_paiement", "mode_livraison", "representant")
"""What a document names by a code and prints in words."""
_ILLUSTRES = frozenset({TypeDocument.OFFRE_TYPE, TypeDocument.OFFRE})
"""The types that show their articles, where the parameters say so (ART-10)."""


@dataclass(slots=True)
class Communs:
    """What the copies of many documents have in common, read once for them all."""

    referentiel: Referentiel
    vidanges: Mapping[str, str] | None = None
    """What crates are called; None where that is read when it is printed."""
    notes_envoi: Mapping[str, NoteEnvoiDuClient] = field(default_factory=dict)
    """How the clients want their delivery notes; of others it is read."""
    libelles: dict[tuple[str | None, ...], dict[str, str | None]] = field(default_factory=dict)
    """By the codes of `_NOMMES`."""


async def reunir_communs(ctx: Contexte, numeros: Collection[str]) -> Communs:
    """Read it for documents of these clients, before they are numbered in one transaction."""
    notes = await clients.notes_envoi(ctx, numeros)
    return Communs(await tables.referentiel(ctx), await catalogue.vidanges(ctx), notes)


async def copier_pour_impression(
    ctx: Contexte,
    document: Document,
    lignes: Sequence[LigneDocument],
    parametres: ParametresSortie,
    communs: Communs | None = None,
) -> dict[str, Any]:
    """What a numbered document keeps of others so that it prints the same for ever."""
    communs = communs or Communs(await tables.referentiel(ctx))
    codes = {nom: getattr(document, nom) for nom in _NOMMES}
    cle = tuple(codes.values())
    if cle not in communs.libelles:
        communs.libelles[cle] = await tables.libelles(ctx, **codes)
    libelles = communs.libelles[cle]
    emetteur = parametres.model_dump(
        mode="json",
        include={
            "nom",
            "forme_juridique",
            "rpm",
            "numero_tva",
            "adresse",
            "telephone",
            "courriel",
            "site",
            "iban",
            "bic",
            "texte_legal",
            "logo",
        },
    )
    referentiel = communs.referentiel
    connu = referentiel.escomptes.get(document.escompte) if document.escompte else None
    escompte = {"genre": connu.genre, "pourcentage": str(connu.pourcentage), "jours": connu.jours} if connu else None
    corrigees = await requetes.factures_corrigees(ctx, document.id) if document.type in _CORRIGENT else []
    if corrigees:
        escompte = await requetes.escompte_corrige(ctx, document.id)
    articles = {une.article for une in lignes if une.article} if document.type in _ILLUSTRES else set()
    return {
        "emetteur": emetteur,
        "libelles": libelles,
        "escompte": escompte,
        "modes_paiement": {
            un.mode_paiement: referentiel.modes_paiement[un.mode_paiement]
            for un in document.acomptes
            if un.mode_paiement is not None
        },
        "corrigees": [[numero, jour.isoformat()] for numero, jour in corrigees],
        "vidanges": await a_imprimer(ctx, document, lignes, communs.vidanges),
        "sans_prix": await _sans_prix(ctx, document, communs.notes_envoi),
        "images": await catalogue.premieres_images(ctx, articles) if parametres.images_sur_offres else {},
    }


async def _sans_prix(ctx: Contexte, document: Document, connus: Mapping[str, NoteEnvoiDuClient]) -> bool:
    """Whether the client wants its delivery notes without prices (CLI-08, IMP-11)."""
    if document.type not in PRIX_FACULTATIFS or document.client is None:
        return False
    if document.client not in connus:
        connus = await clients.notes_envoi(ctx, [document.client])
    return not connus[document.client].avec_prix


def modele_de(
    document: Document,
    lignes: Sequence[LigneDocument],
    copies: dict[str, Any],
    *,
    logo: bytes | None,
    images: Mapping[str, bytes],
    duplicata: bool,
) -> modele.ModeleDocument:
    """The print model of a document; `copies` is what `copier_pour_impression` gave, `images` are by digest."""
    totaux = TotauxSortie.model_validate(document.totaux)
    libelles = copies["libelles"]
    se_paie = document.type in _SE_PAIENT
    return modele.ModeleDocument(
        type=document.type.value,
        achat=est_achat(document.type),
        sans_prix=document.type in _SANS_PRIX or sans_prix_de(copies),
        langue=document.client_copie["langue"],
        emis_le=document.emis_le or document.cree_le,
        date=document.date,
        societe=_emetteur(copies["emetteur"], logo),
        client=_client(document.client_copie),
        lignes=_lignes(document, lignes, {nom: images.get(une) for nom, une in empreintes_des_images(copies).items()}),
        totaux=modele.Totaux(
            htva=totaux.htva, tva=totaux.tva, tvac=totaux.tvac, montant_du=totaux.montant_du, solde=totaux.solde
        ),
        groupes_tva=_groupes(totaux, lignes, copies["escompte"]),
        numero_affiche=_numero(document),
        duplicata=duplicata,
        prix_tvac=document.prix_tvac,
        adresse_livraison=_livraison(document.adresse_livraison),
        date_commande=None if regle(document.type).commande else document.date_commande,
        date_livraison=document.date_livraison_prevue,
        date_echeance=document.date_echeance if se_paie else None,
        vos_references=document.vos_references,
        contact=document.contact,
        representant=libelles["representant"],
        frais=_frais(document, libelles),
        escompte=_escompte(document, totaux, copies["escompte"]),
        acomptes=_acomptes(document, copies),
        reglement=modele.Reglement(
            echeance=libelles["echeance"] if se_paie else None,
            mode_paiement=libelles["mode_paiement"] if se_paie else None,
            communication_structuree=document.communication if se_paie else None,
        ),
        livraison=modele.Livraison(
            mode=libelles["mode_livraison"],
            colis=document.colis,
            palettes=document.palettes,
            poids=document.poids or document.poids_calcule or None,
        ),
        textes=modele.Textes(
            **{nom: document.textes.get(nom) for nom in ("client", "debut", "fin", "paiement")},
        ),
        vidanges=_vidanges(copies),
        factures_corrigees=_corrigees(copies),
    )


def _client(copie: dict[str, Any]) -> modele.Client:
    return modele.Client(
        numero=copie["numero"],
        nom=copie["nom"],
        adresse=_adresse(copie["adresse"], complement=copie["nom_suite"]),
        numero_tva=copie["numero_tva"],
        notre_numero=copie.get("numero_client"),
    )


def _numero(document: Document) -> str | None:
    """None for a draft; what is reopened is the draft of its next version until that is issued (DOC-08)."""
    return document.numero_affiche if document.reouvert_le is None else None


def _adresse(adresse: dict[str, Any], *, nom: str | None = None, complement: str | None = None) -> modele.Adresse:
    return modele.Adresse(
        nom=nom,
        rue=adresse.get("rue") or "",
        complement=complement,
        code_postal=adresse.get("code_postal") or "",
        localite=adresse.get("localite") or "",
        pays=adresse.get("pays") or "BE",
    )


def _livraison(adresse: dict[str, Any] | None) -> modele.Adresse | None:
    return _adresse(adresse, nom=adresse.get("nom") or adresse.get("libelle")) if adresse else None


def _emetteur(emetteur: dict[str, Any], logo: bytes | None) -> modele.Societe:
    simples = {nom: valeur for nom, valeur in emetteur.items() if nom not in {"adresse", "logo"}}
    return modele.Societe(adresse=_adresse(emetteur["adresse"]), logo=logo, **simples)


def sans_prix_de(copies: dict[str, Any]) -> bool:
    """Whether it is printed without prices; documents numbered before that was kept have them."""
    return bool(copies.get("sans_prix", False))


def empreintes_des_images(copies: dict[str, Any]) -> dict[str, str]:
    """The digests of the images to print, by article; documents numbered before there were any have none."""
    empreintes: dict[str, str] = copies.get("images", {})
    return empreintes


def _lignes(
    document: Document, lignes: Sequence[LigneDocument], images: Mapping[str, bytes | None]
) -> tuple[modele.Ligne, ...]:
    """The lines in their order; `images` are by article."""
    return tuple(
        _ligne(une, images.get(une.article or ""), prix_tvac=document.prix_tvac)
        for une in sorted(lignes, key=lambda une: une.ordre)
    )


def _ligne(ligne: LigneDocument, image: bytes | None, *, prix_tvac: bool) -> modele.Ligne:
    chiffree = ligne.genre != "commentaire" and ligne.quantite is not None
    montant = ligne.montant_tvac if prix_tvac else ligne.montant_htva
    return modele.Ligne(
        designation=ligne.designation,
        genre=ligne.genre,
        article=ligne.article,
        article_fournisseur=ligne.numero_article_fournisseur,
        memo=ligne.memo,
        quantite=ligne.quantite,
        unite=ligne.unite if chiffree else None,
        quantite_unite_commande=ligne.quantite_unite_commande,
        unite_commande=ligne.unite_commande,
        prix=ligne.prix,
        remise=ligne.remise or None,
        code_tva=ligne.code_tva,
        taux_tva=ligne.taux_tva,
        montant=montant if chiffree else None,
        sous_total=ligne.montant_sous_total if ligne.sous_total else None,
        taxes=tuple(_taxe(une, prix_tvac=prix_tvac) for une in ligne.taxes),
        image=image,
    )


def _taxe(taxe: TaxeDeLigne, *, prix_tvac: bool) -> modele.Taxe:
    montant = taxe.montant_tvac if prix_tvac else taxe.montant_htva
    return modele.Taxe(
        libelle=taxe.libelle,
        montant=taxe.montant_htva if montant is None else montant,
        prix=taxe.montant,
        pourcentage=taxe.pourcentage,
        taux_tva=taxe.taux,
    )


def _groupes(
    totaux: TotauxSortie, lignes: Sequence[LigneDocument], escompte: dict[str, Any] | None
) -> tuple[modele.GroupeTva, ...]:
    """The VAT table; the exempt group says that a conditional escompte comes back in it, and deposits (CAL-08)."""
    rendu = escompte is not None and escompte["genre"] == "conditionnel" and bool(totaux.escompte)
    motifs: tuple[modele.Mention, ...] = ("escompte",) if rendu else ()
    exonerees = [une.vidange for une in lignes if une.categorie == "E" and une.montant_htva]
    exonerees += [taxe.consigne for une in lignes for taxe in une.taxes if taxe.categorie == "E"]
    motifs += ("consigne",) if exonerees else ()
    return tuple(
        modele.GroupeTva(
            categorie=un.categorie,
            taux=un.taux,
            base=un.base,
            tva=un.tva,
            # Other goods that are exempt have the mention of their category.
            mentions=motifs if un.categorie == "E" and all(exonerees) else (),
        )
        for un in totaux.par_taux
    )


def _frais(document: Document, libelles: dict[str, Any]) -> tuple[modele.Charge, ...]:
    if not document.montant_livraison:
        return ()
    return (modele.Charge(libelle=libelles["mode_livraison"] or "", montant=document.montant_livraison),)


def _vidanges(copies: dict[str, Any]) -> tuple[modele.Vidange, ...]:
    """The client's crates; documents numbered before they were kept have none."""
    return tuple(
        modele.Vidange(
            designation=une["designation"],
            **{nom: Decimal(une[nom]) for nom in ("avant", "livrees", "reprises", "apres")},
        )
        for une in copies.get("vidanges", ())
    )


def _corrigees(copies: dict[str, Any]) -> tuple[modele.FactureCorrigee, ...]:
    return tuple(
        modele.FactureCorrigee(numero=numero, date=date.fromisoformat(jour)) for numero, jour in copies["corrigees"]
    )


def _acomptes(document: Document, copies: dict[str, Any]) -> tuple[modele.Acompte, ...]:
    """The deposits by date, in the words of the ways they were paid."""
    modes = copies.get("modes_paiement", {})
    return tuple(
        modele.Acompte(montant=un.montant, date=un.date, mode=modes.get(un.mode_paiement))
        for un in sorted(document.acomptes, key=lambda un: (un.date, un.id))
    )


def _escompte(document: Document, totaux: TotauxSortie, escompte: dict[str, Any] | None) -> modele.Escompte | None:
    """The escompte taken off; what is earned by paying in time is no matter of retours and notes de crédit."""
    if escompte is None or not totaux.escompte:
        return None
    if regle(document.type).signe < 0 and escompte["genre"] == "conditionnel":
        return None
    return modele.Escompte(
        genre=escompte["genre"],
        pourcentage=Decimal(escompte["pourcentage"]),
        montant=totaux.escompte,
        jours=escompte["jours"],
        montant_dans_le_delai=totaux.si_escompte,
    )
