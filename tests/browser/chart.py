"""A person at the plan editor, by the mouse and by keys alone: the same twelve things by both."""

import re
from typing import Final

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import settled

_POINT_ON: Final = """path => {
    const at = path.getPointAtLength(path.getTotalLength() / 2);
    const on = new DOMPoint(at.x, at.y).matrixTransform(path.getScreenCTM());
    return [on.x, on.y];
}"""
SLOWLY: Final = """() => {
    const ask = window.fetch;
    window.fetch = async (...given) => {
        const answer = await ask(...given);
        if (given[1]?.method === "POST") await new Promise((done) => setTimeout(done, 700));
        return answer;
    };
}"""  # an answer is on its way for a while
_WIDER: Final = (
    "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
)
_FURTHER: Final = 90  # [px]
_READ_ON: Final = f"""side => {{
    side.style.maxHeight = "12rem";
    side.scrollTop = {_FURTHER};
    return side.scrollTop;
}}"""
_FLICK: Final = 260  # [px] of the wheel
_PUSHES: Final = 60


class Chart:
    """The chart on its page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.locator(".plan-editor")
        self.grid = self.box.get_by_role("treegrid")
        self.scroll = self.box.locator(".scroll")

    def is_there(self) -> "Chart":
        expect(self.box.locator(".row").first).to_be_visible()
        self.scroll.scroll_into_view_if_needed()
        return self

    def is_settled(self, version: int | None = None) -> "Chart":
        """Wait until all is answered, and until a version is seen."""
        if version is not None:
            expect(self.box).to_have_attribute("data-version", str(version))
        expect(self.box).to_have_attribute("data-waiting", "0")
        return self

    @property
    def version(self) -> int:
        return int(self.box.get_attribute("data-version") or 0)

    @property
    def beyond(self) -> int:
        """How much wider than the window the page is [px]."""
        return int(self.page.evaluate(_WIDER))

    def row(self, title: str) -> Locator:
        name = self.page.locator(".title", has_text=re.compile(rf"^{re.escape(title)}$"))
        return self.box.locator(".row", has=name)

    def bar(self, title: str) -> Locator:
        return self.row(title).locator(".group")

    def link(self, before: str, after: str, kind: str = "fs") -> Locator:
        ends = [self.row(title).get_attribute("data-task") for title in (before, after)]
        return self.box.locator(f'.link[data-link="{ends[0]}-{ends[1]}-{kind}"]')

    @property
    def ask(self) -> Locator:
        return self.box.locator("dialog")

    def reads_on(self) -> Locator:
        """Scroll the panel beside the chart, made low for that, away from its beginning."""
        side = self.page.locator(":has(> .st-key-plan_side)").last
        assert side.evaluate(_READ_ON) == _FURTHER
        return side

    def closes_panel(self) -> None:
        """Close the panel by hand: it stays closed, and the chart has all the room."""
        self.page.locator(".st-key-task_side_close button").click()
        expect(self.page.locator(".st-key-plan_side")).to_have_count(0)
        settled(self.page)

    def press(self, keys: str, times: int = 1) -> None:
        for _time in range(times):
            self.page.keyboard.press(keys)


class ByMouse(Chart):
    """All by the mouse; a name and a number are typed, as they must be."""

    day = 24  # [px]

    def is_there(self) -> "ByMouse":
        super().is_there()
        self.box.locator("[data-act=columns]").click()  # more room for the bars
        return self

    def is_settled(self, version: int | None = None) -> "ByMouse":
        """Wait, too, until the page around the chart has heard of it: what is aimed at stands."""
        super().is_settled(version)
        if version is not None:
            expect(self.box).to_have_attribute("data-given", str(version))
            settled(self.page)
        return self

    def sees(self, title: str) -> Locator:
        """Turn the wheel until a row is in sight."""
        row = self.row(title)
        for _push in range(_PUSHES):
            window, box = box_of(self.scroll), box_of(row) if row.count() else None
            top, bottom = window["y"] + 44, window["y"] + window["height"] - 60
            if box and top < box["y"] < bottom:
                return row
            self.page.mouse.move(window["x"] + window["width"] / 2, window["y"] + 200)
            self.page.mouse.wheel(0, -_FLICK if box and box["y"] <= top else _FLICK)
            self.page.wait_for_timeout(40)
        raise AssertionError(title)

    def drags(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(start[0] + (end[0] - start[0]) / 2, start[1] + (end[1] - start[1]) / 2, steps=3)
        mouse.move(*end, steps=3)
        mouse.up()

    def drags_by(self, part: Locator, right: float) -> None:
        x, y = middle(part)
        self.drags((x, y), (x + right, y))

    def chooses(self, title: str) -> Locator:
        row = self.sees(title)
        row.locator(".title").click()
        return row

    def renames(self, title: str, name: str) -> None:
        self.sees(title).locator(".title").dblclick()
        self.box.locator(".naming").fill(name)
        self.press("Enter")

    def moves(self, title: str, days: int) -> None:
        self.sees(title)
        self.drags_by(self.bar(title).locator(".bar"), days * self.day)

    def stretches(self, title: str, days: int) -> None:
        self.sees(title)
        self.drags_by(self.bar(title).locator(".stretch"), days * self.day)

    def sets_progress(self, title: str, percent: int) -> None:
        self.sees(title)
        bar = self.bar(title)
        bar.hover()
        self.drags_by(bar.locator(".knob"), box_of(bar)["width"] * percent / 100)

    def links(self, before: str, after: str, kind: str) -> None:
        self.sees(before)
        self.bar(before).hover()
        out = self.bar(before).locator(".dot.last" if kind[0] == "f" else ".dot.first")
        box = box_of(self.bar(after))
        target = box["x"] + (box["width"] - 2 if kind[1] == "f" else 2), box["y"] + 8
        self.drags(middle(out), target)

    def opens_link(self, before: str, after: str) -> None:
        self.sees(before)
        line = self.link(before, after).locator(".hit")
        x, y = line.evaluate(_POINT_ON)
        window = box_of(self.scroll)
        if x > window["x"] + window["width"] - 20:
            self.page.mouse.wheel(_FLICK, 0)
            self.page.wait_for_timeout(60)
            x, y = line.evaluate(_POINT_ON)
        self.page.mouse.click(x, y)

    def changes_lag(self, before: str, after: str, lag: int) -> None:
        self.opens_link(before, after)
        self.ask.locator("[name=lag]").fill(str(lag))
        self.ask.locator("[type=submit]").click()

    def unlinks(self, before: str, after: str) -> None:
        self.opens_link(before, after)
        self.ask.locator(".danger").click()

    def takes_up(self, title: str, above: str) -> None:
        self.sees(title)
        x, y = middle(self.row(title).locator(".number"))
        self.drags((x, y), (x + 4, edge_of(self.row(above))))

    def puts_into(self, title: str, stage: str) -> None:
        self.sees(stage)
        start = middle(self.row(title).locator(".number"))
        self.drags(start, (start[0] + 6, middle(self.row(stage))[1]))

    def adds(self, below: str, title: str, length: int) -> None:
        self.chooses(below)
        self.box.locator(".strip [data-act=add]").click()
        self.ask.locator("[name=title]").fill(title)
        self.ask.locator("[name=length]").fill(str(length))
        self.ask.locator("[type=submit]").click()

    def removes(self, title: str) -> None:
        self.chooses(title)
        self.box.locator(".task [data-act=remove]").click()
        self.ask.locator(".danger").click()

    def undoes(self) -> None:
        self.box.locator("[data-act=undo]").click()


class ByKeys(Chart):
    """All by the keyboard, after one Tab into the chart."""

    def goes_to(self, title: str, row: int) -> None:
        """Walk to a row, which is counted from 1."""
        self.grid.focus()
        self.press("Home")
        self.press("ArrowDown", row - 1)
        expect(self.row(title)).to_have_class(re.compile(r"\bactive\b"))

    def renames(self, name: str) -> None:
        self.press("Enter")
        expect(self.box.locator(".naming")).to_be_focused()
        self.page.keyboard.insert_text(name)
        self.press("Enter")

    def sets_progress(self, percent: int) -> None:
        self.press("p")
        self.page.keyboard.type(str(percent))
        self.press("Enter")

    def links_to(self, down: int, digit: str = "") -> None:
        self.press("l")
        self.press("ArrowDown", down)
        if digit:
            self.press(digit)
        self.press("Enter")

    def opens_link(self, number: int) -> None:
        self.press("u")
        self.press("Tab", number - 1)
        self.press("Enter")
        expect(self.ask.locator("[name=lag]")).to_be_focused()

    def adds(self, title: str, length: int) -> None:
        self.press("n")
        self.page.keyboard.type(title)
        self.press("Tab")
        self.page.keyboard.type(str(length))
        self.press("Enter")


def box_of(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def middle(part: Locator) -> tuple[float, float]:
    box = box_of(part)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def edge_of(part: Locator) -> float:
    """Give the height of a row's upper edge, just inside."""
    return box_of(part)["y"] + 3


def drag_by_finger(
    page: Page, start: tuple[float, float], end: tuple[float, float], another: tuple[float, float]
) -> None:
    """Drag with one finger while another one touches the sheet and goes."""
    hand = page.context.new_cdp_session(page)
    way = [(start[0] + (end[0] - start[0]) * part, start[1]) for part in (0.2, 0.5, 0.8, 1)]

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": 2 - number} for number, (x, y) in enumerate(points)]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", start)
    for point in way:
        touch("touchMove", point)
    touch("touchStart", end, another)
    touch("touchMove", end, (another[0] - 9, another[1]))
    touch("touchEnd")


def swipe(page: Page, start: tuple[float, float], down: float) -> None:
    """Move one finger up or down over the page, rest and lift it, so that nothing rolls on."""
    hand = page.context.new_cdp_session(page)
    for part in (0, 0.1, 0.4, 0.7, 1, 1):
        point = {"x": start[0], "y": start[1] + down * part}
        kind = "touchMove" if part else "touchStart"
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        page.wait_for_timeout(60)
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
