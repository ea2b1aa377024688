"""The page's address: what was written there holds until the browser has heard of it."""

import pytest
from streamlit.testing.v1 import AppTest

from core.ui import address


def page() -> None:
    """Two choices that stand in the address, and what the page makes of them."""
    import streamlit as st

    from core.ui.address import asked, forget, write

    for name in ("task", "view"):
        st.text_input(
            name, key=name, on_change=lambda name=name: write(name, st.session_state[name], by=name)
        )
    st.button("turn", on_click=forget)
    st.button("open", on_click=write, args=("task", "7"))
    st.button("close", on_click=write, args=("task", ""))
    st.markdown(f"{asked('task')}/{asked('view', 'plan')}")


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(address, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def app(clock) -> AppTest:
    app = AppTest.from_function(page)
    app.query_params["task"] = "1"
    return app.run()


def read(app: AppTest) -> str:
    assert not app.exception
    return app.markdown[0].value


def late(app: AppTest, **names: str) -> AppTest:
    """Run with an address that the browser still holds."""
    app.query_params.clear()
    for name, value in names.items():
        app.query_params[name] = value
    return app.run()


def test_what_was_written_holds_against_the_address_of_before(app, clock) -> None:
    assert read(app) == "1/plan"
    app.text_input(key="task").set_value("2").run()
    assert read(app) == "2/plan"
    assert app.query_params["task"] == "2"
    assert read(late(app, task="1")) == "2/plan"
    assert app.query_params["task"] == "2"


def test_what_was_taken_out_stays_out(app) -> None:
    app.text_input(key="task").set_value("0").run()
    app.text_input(key="task").set_value("").run()
    assert read(late(app, task="0")) == "/plan"
    assert read(late(app, task="1")) == "/plan"
    assert "task" not in app.query_params


def test_another_choice_made_meanwhile_takes_nothing_back(app) -> None:
    app.text_input(key="task").set_value("2").run()
    late(app, task="1").text_input(key="view").set_value("table").run()
    assert read(app) == "2/table"
    assert app.query_params == {"task": "2", "view": "table"}


def test_an_address_of_another_value_is_taken_at_its_word(app) -> None:
    app.text_input(key="task").set_value("2").run()
    assert read(late(app, task="3")) == "3/plan"
    assert read(late(app, task="1")) == "1/plan"


def test_after_a_moment_every_address_is_taken_at_its_word(app, clock) -> None:
    app.text_input(key="task").set_value("2").run()
    clock[0] += 3.1
    assert read(late(app, task="1")) == "1/plan"


def test_a_page_that_turns_by_itself_takes_the_next_address_at_its_word(app) -> None:
    app.text_input(key="task").set_value("2").run()
    app.button[0].click().run()
    assert read(late(app, task="1")) == "1/plan"


def test_a_widget_that_tells_late_what_it_showed_before_is_passed_over(app, clock) -> None:
    app.button[1].click().run()
    app.text_input(key="task").set_value("1").run()  # the browser's: it has not heard of 7
    assert read(app) == "7/plan"
    app.text_input(key="task").set_value("2").run()
    assert read(app) == "2/plan"
    app.text_input(key="task").set_value("7").run()
    assert read(app) == "7/plan"
    clock[0] += 3.1
    app.text_input(key="task").set_value("1").run()
    assert read(app) == "1/plan"


def test_a_button_is_always_meant(app) -> None:
    app.button[1].click().run()
    app.button[2].click().run()
    app.button[1].click().run()
    assert read(app) == "7/plan"
