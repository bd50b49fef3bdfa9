"""Exact amounts: how every figure is rounded, and shared out, without the ambient decimal context."""

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, getcontext, setcontext
from functools import wraps
from typing import ParamSpec, TypeVar

CONTEXTE = Context(prec=60, rounding=ROUND_HALF_UP)
"""Wide enough that no product or sum of this domain is ever rounded unless a rule says so."""

CENT = Decimal("0.01")
ZERO = Decimal(0)
CENT_POUR_CENT = Decimal(100)

P = ParamSpec("P")
R = TypeVar("R")


def exact(fonction: Callable[P, R]) -> Callable[P, R]:
    """Run a computation in `CONTEXTE`, whatever the caller's decimal context is."""

    @wraps(fonction)
    def dans_le_contexte(*args: P.args, **kwargs: P.kwargs) -> R:
        avant = getcontext()
        if avant is CONTEXTE:
            return fonction(*args, **kwargs)
        setcontext(CONTEXTE)
        try:
            return fonction(*args, **kwargs)
        finally:
            setcontext(avant)

    return dans_le_contexte


def arrondir(valeur: Decimal, decimales: int = 2) -> Decimal:
    """Round half away from zero to `decimales` places; what rounds to nothing is 0, never -0."""
    return CONTEXTE.add(valeur.quantize(Decimal(1).scaleb(-decimales, CONTEXTE), context=CONTEXTE), ZERO)


@exact
def repartir(montant: Decimal, poids: Sequence[Decimal]) -> list[Decimal]:
    """Share `montant` (2 decimals) over `poids`, to the cent, largest remainders first; ties go to the earlier one.

    The shares add up to `montant` exactly. Weights that add up to 0 put everything on the first.
    """
    if not poids:
        return []
    total = sum(poids, ZERO)
    if total == 0:
        return [arrondir(montant)] + [arrondir(ZERO)] * (len(poids) - 1)
    cents = montant / CENT
    # Remainders are kept as numerators over one denominator: quotients cut at any precision would break ties at random.
    numerateurs = [cents * un.copy_sign(un * total) for un in poids]
    parts = [(numerateur / abs(total)).to_integral_value(ROUND_FLOOR) for numerateur in numerateurs]
    restes = [numerateur - part * abs(total) for numerateur, part in zip(numerateurs, parts, strict=True)]
    manque = int(cents - sum(parts, ZERO))
    for rang in sorted(range(len(poids)), key=lambda i: (-restes[i], i))[:manque]:
        parts[rang] += 1
    return [part * CENT + ZERO for part in parts]
