"""The prices of an article from any sufficient part of them (CAL-10, ART-04).

Prices are in EUR per base unit, without VAT and with 4 decimals unless named `tvac`; rates are percentages with 2.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from aurore_domain.erreurs import ValeurRefusee
from aurore_domain.montants import CENT_POUR_CENT, ZERO, arrondir, exact
from aurore_domain.prix import DECIMALES_PRIX
from aurore_domain.tva import avec_tva, hors_tva

PRIX_MAXIMUM = Decimal("9999999999.9999")
"""The highest price that there can be."""


class CalculInsuffisant(ValeurRefusee):
    """Not enough is known; names a field that would do."""

    code = "calcul_insuffisant"


class CalculContradictoire(ValeurRefusee):
    """More is given than is needed, and this field says something else than the others."""

    code = "calcul_contradictoire"


class CalculImpossible(ValeurRefusee):
    """No price satisfies this field: it would be negative, or any price would do."""

    code = "calcul_impossible"


class CalculHorsBornes(ValeurRefusee):
    """The price that results is higher than any price can be; `maximum` says which."""

    code = "calcul_hors_bornes"


class PrixTvacTropPrecis(ValeurRefusee):
    """A price including VAT with more decimals than the société, or the article, lets people see; at most `maximum`."""

    code = "prix_tvac_trop_precis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tvac:
    """How prices become prices including VAT: the rate in %, and the decimals of the result.

    `prix_avec_decimales` false means whole euros, and a selling price without VAT that follows from them.
    """

    taux: Decimal
    decimales_visibles: int
    prix_avec_decimales: bool = True

    @property
    def decimales(self) -> int:
        """The decimals of a price including VAT."""
        return self.decimales_visibles if self.prix_avec_decimales else 0

    def de(self, prix: Decimal) -> Decimal:
        """A price including VAT, rounded to `decimales`."""
        return avec_tva(prix, self.taux, self.decimales)

    def hors(self, prix_tvac: Decimal) -> Decimal:
        """The price without VAT of one that includes it, to 4 decimals."""
        return hors_tva(prix_tvac, self.taux, DECIMALES_PRIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Donnees:
    """What is known; None is not known. Costs that nothing tells are 0."""

    prix_achat: Decimal | None = None
    frais_achat: Decimal | None = None
    taux_marge: Decimal | None = None
    taux_marque: Decimal | None = None
    prix_vente: Decimal | None = None
    prix_vente_tvac: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrixCalcules:
    """All of it. Without a purchase price there is no cost, and without a cost, or where it is 0, no rate."""

    prix_achat: Decimal | None
    frais_achat: Decimal
    cout: Decimal | None
    taux_marge: Decimal | None
    taux_marque: Decimal | None
    prix_vente: Decimal
    prix_vente_tvac: Decimal


def completer(donnees: Donnees, connus: Donnees) -> Donnees:
    """Take from an article what is not given, where it does not conflict with what is (ART-04).

    `connus` are its purchase price, costs and selling price without VAT. A selling price or a rate that is given
    replaces its selling price. A rate given with a selling price replaces its purchase price; where that is given as
    well, its costs.
    """
    taux = _taux_donne(donnees) is not None
    vente = donnees.prix_vente is not None or donnees.prix_vente_tvac is not None
    resolu = taux and vente
    return replace(
        donnees,
        prix_achat=connus.prix_achat if donnees.prix_achat is None and not resolu else donnees.prix_achat,
        frais_achat=connus.frais_achat
        if donnees.frais_achat is None and not (resolu and donnees.prix_achat is not None)
        else donnees.frais_achat,
        prix_vente=donnees.prix_vente if vente or taux else connus.prix_vente,
    )


@exact
def calculer(donnees: Donnees, tvac: Tvac) -> PrixCalcules:
    """Complete the prices of an article (CAL-10).

    What is given comes back as it was given. In whole euros the price including VAT decides: a price without VAT or a
    rate says which whole price is meant, and what comes back is what that price gives.

    Raises:
        CalculInsuffisant: the selling price cannot be known, or a rate is given and no cost.
        CalculContradictoire: a field given contradicts the others.
        CalculImpossible: a price would be negative, or undetermined.
        CalculHorsBornes: a price would be higher than any can be.
        PrixTvacTropPrecis: the price including VAT given has more decimals than there can be.
    """
    vente = _vente_donnee(donnees, tvac)
    achat, frais = _achat(donnees, None if vente is None else _arrondie(vente, tvac))
    cout = None if achat is None else achat + frais
    if vente is None:
        vente = _vente_selon_taux(donnees, cout)
    prix_vente = _arrondie(vente, tvac)
    _verifier_taux(donnees, cout, {vente, prix_vente})
    resultat = PrixCalcules(
        prix_achat=achat,
        frais_achat=frais,
        cout=cout,
        taux_marge=_retenu(donnees.taux_marge, cout, prix_vente, marque=False),
        taux_marque=_retenu(donnees.taux_marque, cout, prix_vente, marque=True),
        prix_vente=prix_vente,
        prix_vente_tvac=tvac.de(prix_vente) if donnees.prix_vente_tvac is None else donnees.prix_vente_tvac,
    )
    _verifier_bornes(resultat)
    return resultat


@exact
def taux_marge(cout: Decimal | None, prix_vente: Decimal) -> Decimal | None:
    """Margin in % of the cost; None where there is no cost to compare with."""
    return arrondir((prix_vente - cout) / cout * CENT_POUR_CENT) if cout else None


@exact
def taux_marque(cout: Decimal | None, prix_vente: Decimal) -> Decimal | None:
    """Margin in % of the selling price without VAT; None where there is no cost, or no price."""
    return arrondir((prix_vente - cout) / prix_vente * CENT_POUR_CENT) if cout is not None and prix_vente else None


def _vente_donnee(donnees: Donnees, tvac: Tvac) -> Decimal | None:
    """The selling price without VAT as it is given, in one way or in two that agree; before whole euros."""
    ttc, prix = donnees.prix_vente_tvac, donnees.prix_vente
    if ttc is None:
        return prix
    if arrondir(ttc, tvac.decimales) != ttc:
        raise PrixTvacTropPrecis(pointeur="#/prix_vente_tvac", maximum=tvac.decimales)
    if prix is None:
        return tvac.hors(ttc)
    if tvac.de(prix) != ttc and tvac.hors(ttc) != prix:
        raise CalculContradictoire(pointeur="#/prix_vente_tvac", attendu=tvac.de(prix))
    return prix


def _arrondie(vente: Decimal, tvac: Tvac) -> Decimal:
    """The selling price as it is kept: where prices are whole euros, what those give without VAT."""
    return vente if tvac.prix_avec_decimales else tvac.hors(tvac.de(vente))


def _achat(donnees: Donnees, vente: Decimal | None) -> tuple[Decimal | None, Decimal]:
    """Purchase price and costs; one that is not given follows from selling price and rate where these are."""
    achat, frais = donnees.prix_achat, donnees.frais_achat
    taux = _taux_donne(donnees)
    if taux is None or vente is None or (achat is not None and frais is not None):
        return achat, frais or ZERO
    cout = _cout(vente, *taux)
    if achat is not None:
        return achat, cout - achat
    frais = frais or ZERO
    return cout - frais, frais


def _taux_donne(donnees: Donnees) -> tuple[Decimal, bool] | None:
    """The rate that decides, and whether it is the `taux_marque`."""
    if donnees.taux_marge is not None:
        return donnees.taux_marge, False
    return None if donnees.taux_marque is None else (donnees.taux_marque, True)


def _part(taux: Decimal, *, marque: bool) -> tuple[Decimal, Decimal]:
    """A rate as selling price over cost, numerator and denominator."""
    return (CENT_POUR_CENT, CENT_POUR_CENT - taux) if marque else (CENT_POUR_CENT + taux, CENT_POUR_CENT)


def _pointeur(*, marque: bool) -> str:
    return "#/taux_marque" if marque else "#/taux_marge"


def _cout(vente: Decimal, taux: Decimal, marque: bool) -> Decimal:  # noqa: FBT001 (a rate and its kind go together)
    """The cost behind a selling price at a rate."""
    numerateur, denominateur = _part(taux, marque=marque)
    if numerateur <= 0 or denominateur < 0 or vente == 0:
        raise CalculImpossible(pointeur=_pointeur(marque=marque))
    return arrondir(vente * denominateur / numerateur, DECIMALES_PRIX)


def _vente_selon_taux(donnees: Donnees, cout: Decimal | None) -> Decimal:
    """The selling price that a rate makes of the cost."""
    taux = _taux_donne(donnees)
    if taux is None:
        raise CalculInsuffisant(pointeur="#/prix_vente")
    if cout is None:
        raise CalculInsuffisant(pointeur="#/prix_achat")
    numerateur, denominateur = _part(taux[0], marque=taux[1])
    if numerateur < 0 or denominateur <= 0 or cout == 0:
        raise CalculImpossible(pointeur=_pointeur(marque=taux[1]))
    return arrondir(cout * numerateur / denominateur, DECIMALES_PRIX)


def _verifier_bornes(prix: PrixCalcules) -> None:
    for champ in ("prix_achat", "frais_achat", "cout", "prix_vente", "prix_vente_tvac"):
        valeur: Decimal = getattr(prix, champ) or ZERO
        if valeur < 0:
            raise CalculImpossible(pointeur=f"#/{champ}")
        if valeur > PRIX_MAXIMUM:
            raise CalculHorsBornes(pointeur=f"#/{champ}", maximum=PRIX_MAXIMUM)


def _verifier_taux(donnees: Donnees, cout: Decimal | None, ventes: set[Decimal]) -> None:
    """Hold the rates against the selling price as it is meant and, in whole euros, as it becomes: one must do."""
    for taux, marque in ((donnees.taux_marge, False), (donnees.taux_marque, True)):
        if taux is None:
            continue
        if cout is None:
            raise CalculInsuffisant(pointeur="#/prix_achat")
        if not any(_convient(taux, cout, une, marque=marque) for une in ventes):
            attendu = (taux_marque if marque else taux_marge)(cout, max(ventes))
            raise CalculContradictoire(pointeur=_pointeur(marque=marque), attendu="—" if attendu is None else attendu)


def _convient(taux: Decimal, cout: Decimal, vente: Decimal, *, marque: bool) -> bool:
    """Whether a rate goes with cost and selling price: it gives one from the other, or is what the two give.

    All three are rounded, so a rate need not be what the prices give back: 33 % on 0.0001 is 0.0001 again.
    """
    if (taux_marque if marque else taux_marge)(cout, vente) == taux:
        return True
    numerateur, denominateur = _part(taux, marque=marque)
    if numerateur <= 0 or denominateur <= 0 or cout == vente == 0:
        return False
    return vente == arrondir(cout * numerateur / denominateur, DECIMALES_PRIX) or cout == arrondir(
        vente * denominateur / numerateur, DECIMALES_PRIX
    )


def _retenu(taux: Decimal | None, cout: Decimal | None, vente: Decimal, *, marque: bool) -> Decimal | None:
    """A rate as it is told: the one given where it still goes with the prices, else what these give."""
    if taux is not None and cout is not None and _convient(taux, cout, vente, marque=marque):
        return taux
    return (taux_marque if marque else taux_marge)(cout, vente)
