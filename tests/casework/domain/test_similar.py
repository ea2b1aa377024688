"""Names that may mean the same initiative."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.similar import NameIndex, _triples, _words

WORDS = ("клуб", "Живой", "двор", "дворик", "Живая", "река", "of", "Ёлка", "2-й", "дом", "_", "ТОС")


def names() -> st.SearchStrategy[str]:
    phrases = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
    return phrases | st.text(alphabet="абвё _-1«", max_size=12)


def one_by_one(known: list[tuple[int, str]], name: str) -> tuple[int, ...]:
    """Compare a name with every known one, as the description of the index says."""
    scores: dict[int, Fraction] = {}
    words = _words(name)
    for key, other in known:
        theirs = _words(other)
        mine, others = _triples(words), _triples(theirs)
        both = len(mine) + len(others)
        score = Fraction(2 * len(mine & others), both) if both else Fraction(0)
        common = set(words) & set(theirs)
        holds = common and len(common) == min(len(set(words)), len(set(theirs)))
        if holds and sum(map(len, common)) >= 6:
            score = Fraction(1)
        if score >= Fraction(7, 10):
            scores[key] = score
    return tuple(sorted(scores, key=lambda key: (-scores[key], key)))


@given(known=st.lists(names(), max_size=25), name=names())
def test_the_index_finds_what_comparing_one_by_one_finds(known: list[str], name: str) -> None:
    numbered = [(3 * place + 1, each) for place, each in enumerate(known)]
    index = NameIndex(numbered)
    assert index.find(name, limit=99) == one_by_one(numbered, name)
    index.add(0, name)
    assert index.find(name, limit=99) == one_by_one([*numbered, (0, name)], name)


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ("Инициатива «Живой двор»", True),
        ("Живои двор", True),
        ("Двор живой на Мира", True),
        ("Дом", False),
        ("", False),
    ],
)
def test_words_that_say_nothing_and_slips_of_the_pen_are_passed_over(
    name: str, is_found: bool
) -> None:
    assert bool(NameIndex([(7, "Клуб «Живой двор»")]).find(name)) == is_found
