"""Whole minutes divided among shares without losing or inventing one."""

from collections.abc import Sequence


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide a whole number among weights by the largest remainder.

    Parameters
    ----------
    total
        What is divided, 0 or more [min].
    weights
        One whole number >= 0 per share; their sum is above 0 unless empty.

    Returns
    -------
    tuple[int, ...]
        One share per weight, in the same order; their sum is `total`. Of equal
        remainders the earlier share gets the spare minute. Empty for no weights.

    Notes
    -----
    Hamilton's method. Integers throughout: no rounding of floats can lose a minute.
    """
    if not weights:
        return ()
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    spare = total - sum(shares)
    for index in sorted(range(len(weights)), key=lambda place: (-remainders[place], place))[:spare]:
        shares[index] += 1
    return tuple(shares)


def portion(total: int, of: int, start: int, end: int) -> int:
    """Return what steps `start` up to `end` get of a total spread over `of` steps.

    Neighbouring portions add up: `portion(t, n, a, b) + portion(t, n, b, c)`
    is `portion(t, n, a, c)`, and the whole of it is the total. 0 when `of` is 0.
    """
    if of <= 0:
        return 0
    return total * end // of - total * start // of
