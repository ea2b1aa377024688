import pytest

from core.i18n import translator
from diagnostics.charts import bars, gap_lines, in_words, level_in_words, radar
from diagnostics.domain.instrument import Missing
from diagnostics.domain.scoring import gaps, score

FULL = {"core": "level_1", "roles": "level_4", "care": "level_3", "cost": "level_2"}
PARTLY = {"core": "level_1", "cost": "level_2"}
NOWHERE = {**FULL, "cost": Missing.NOT_APPLICABLE}


@pytest.fixture(params=["ru", "en"])
def words(request):
    return translator(request.param)


def trace(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def test_the_radar_closes_its_line_over_the_domains(small, words):
    now = trace(radar(small, score(small, FULL), None, words), words("Now"))
    assert list(now.r) == [15 / 7, 2.0, 15 / 7]
    assert list(now.theta) == [0.0, 180.0, 0.0]
    assert now.fill == "toself"


def test_a_domain_without_a_level_leaves_a_hole_and_says_so(small, words):
    figure = radar(small, score(small, PARTLY), None, words)
    now = trace(figure, words("Now"))
    assert list(now.r) == [None, 2.0, None]
    assert now.fill is None
    label = " ".join(figure.layout.polar.angularaxis.ticktext[0].split("<br>"))
    assert level_in_words(score(small, PARTLY).score("people"), words) in label


def test_bars_start_at_zero_and_the_unknown_is_hatched(small, words):
    figure = bars(small, score(small, PARTLY), None, words)
    assert figure.layout.xaxis.range[0] == 0
    assert list(trace(figure, words("Now")).x) == [None, 2.0]
    hatched = trace(figure, words("No level"))
    assert (list(hatched.y), hatched.marker.pattern.shape) == ([0], "/")
    assert hatched.text[0] == level_in_words(score(small, PARTLY).score("people"), words)


def test_an_earlier_run_stands_behind(small, words):
    before, now = score(small, PARTLY), score(small, FULL)
    for figure in (radar(small, now, before, words), bars(small, now, before, words)):
        names = [trace.name for trace in figure.data]
        assert names.index(words("Before")) < names.index(words("Now"))


def test_gaps_are_drawn_in_the_order_given(small, words):
    figure = gap_lines(small, gaps(small, {"core": "level_1", "roles": "level_1"}), words)
    assert list(trace(figure, words("Now")).x) == [1, 1]
    assert list(trace(figure, words("Wanted")).x) == [4, 3]
    assert len(figure.layout.yaxis.ticktext) == 2


def test_a_profile_is_read_out(small):
    english = translator("en")
    assert in_words(small, score(small, NOWHERE), english) == "People: 2.1; Money: does not apply"
    assert "not enough answers: 1 of 3" in in_words(small, score(small, PARTLY), english)
    assert in_words(small, score(small, FULL), translator("ru")) == "Люди: 2,1; Деньги: 2"


def test_labels_cannot_bring_markup(small, words):
    bad = type(small.domains[0])("people", {"ru": "<b>x", "en": "<b>x"}, {}, small.domains[0].items)
    odd = type(small)("s", "1", {}, {}, (bad, small.domains[1]))
    assert bars(odd, score(odd, FULL), None, words).layout.yaxis.ticktext[0] == "&lt;b&gt;x"
