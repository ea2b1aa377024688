import json

import pytest

from tests.golden.layouts import LAYOUTS, drawn, kept


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_geometry_of_a_plan_is_as_it_was(name: str) -> None:
    assert kept(name) == json.loads(json.dumps(drawn(name)))


def test_what_an_editor_draws_from_names_every_mark() -> None:
    rows = {row["id"]: row for row in drawn("yard")["rows"]}
    assert {"agreed", "parent"} <= rows[2].keys()
    assert {"deadline", "parent"} <= rows[4].keys()
    assert rows[6]["bound"]["kind"] == "snet"
    assert {link["kind"] for link in drawn("yard")["links"]} == {"fs", "ss", "ff", "sf"}
    assert [row["id"] for row in drawn("years")["rows"]] == [1, 5, 6, 7, 8]
