"""A roadmap as a picture or a workbook: from its plan to the bytes of a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.i18n import Translator
from roadmaps.domain.laid import Laid
from roadmaps.domain.layout import GanttLayout, Look, gantt_layout
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Plan
from roadmaps.formats.caption import Caption, facts_of, titled
from roadmaps.formats.gantt_pages import Source, gantt_pages, gantt_sheets
from roadmaps.formats.gantt_rows import rough_height
from roadmaps.formats.gantt_svg import gantt_svg
from roadmaps.formats.gantt_xlsx import add_gantt, zoom_of_sheet
from roadmaps.formats.network_svg import Net, network_pages, network_sheets, network_svg
from roadmaps.formats.paper import Paper
from roadmaps.formats.pictures import Drawing, to_pdf, to_png, to_pngs
from roadmaps.formats.plan_csv import write_plan_xlsx
from roadmaps.formats.plan_html import plan_html
from roadmaps.formats.svg import BY_NAME, Sketch

_WIDTH = 720.0  # of the chart in one picture, in its own units
_LEAST_DAY = 1.6  # as above
_SCREEN = 0.75  # points for each unit of a picture
_HIGHEST = 10_400.0  # of one picture in pixels, which is drawn half as fine again, in its own units
_PART = 4_000.0  # the height of each of several pictures
_NETWORK_PART = (3_200.0, 2_400.0)
_SHARP = 1.5  # pixels for each unit of several pictures
_SHARP_NETWORK = 1.0  # as above
_AROUND = 18.0  # more margin on a sheet than in a picture, on each side


def in_parts(plan: Plan) -> bool:
    """Tell whether one picture in pixels could not be read: it would be too high for viewers."""
    return rough_height(plan) > _HIGHEST


@dataclass(frozen=True)
class Takeaway:
    """A laid plan with the words around it, as of an instant; `is_network` chooses the view."""

    laid: Laid
    caption: Caption
    words: Translator
    at: datetime
    is_network: bool = False

    def svg(self) -> bytes:
        """Give one picture."""
        return self._sketch().svg.encode()

    def png(self) -> bytes:
        """Give the same picture in pixels; of a plan that is `in_parts`, an archive of several."""
        if in_parts(self.laid.plan):
            sharp = _SHARP_NETWORK if self.is_network else _SHARP
            return to_pngs(self._drawing(list(self._parts()), _SCREEN), at=self.at, sharp=sharp)
        return to_png(self._drawing([self._sketch()], _SCREEN), at=self.at)

    def pdf(self, paper: Paper) -> bytes:
        """Give sheets to print."""
        laid, caption, _ = self.laid, self.caption, self.words
        if self.is_network:
            pages = network_pages(self._net(), paper)
        else:
            pages = gantt_pages(laid, caption.drawn_on, caption, paper, _)
        scale = min(paper.size) / min(pages[0].width, pages[0].height)
        return to_pdf(self._drawing(list(pages), scale), at=self.at)

    def page(self) -> bytes:
        """Give one page with the view and the table."""
        drawing = None
        if self.is_network:
            drawing = network_svg(replace(self._net(), colours=BY_NAME))
        look = Look(width=_WIDTH, least=_LEAST_DAY)
        return plan_html(self._layout(look), self.caption, self.words, drawing).encode()

    def xlsx(self) -> bytes:
        """Give a workbook: the table that can be read again, and a sheet with the chart."""
        plan, result, _ = self.laid.plan, self.laid.result, self.words
        layout = self._layout(Look(zoom=zoom_of_sheet(self._layout(Look()).days)))
        dates = {task.id: self.laid.span(task.id) for task in plan.tasks}
        return write_plan_xlsx(
            plan,
            result,
            dates,
            self.caption.people,
            _,
            lambda book: add_gantt(book, layout, self.caption, _),
        )

    def _layout(self, look: Look) -> GanttLayout:
        laid = self.laid
        return gantt_layout(laid, self.caption.drawn_on, look)

    def _net(self) -> Net:
        laid = self.laid
        dates = {task.id: laid.span(task.id) for task in laid.plan.tasks}
        return Net(network_layout(laid.plan, laid.result), dates, self.caption, self.words)

    def _parts(self) -> Sequence[Sketch]:
        if self.is_network:
            return network_sheets(self._net(), _NETWORK_PART)
        source = Source(self.laid, self.caption.drawn_on, self.caption, self.words)
        return gantt_sheets(source, (self._sketch().width + 2 * _AROUND, _PART))

    def _sketch(self) -> Sketch:
        if self.is_network:
            return network_svg(self._net())
        return gantt_svg(
            self._layout(Look(width=_WIDTH, least=_LEAST_DAY)), self.caption, self.words
        )

    def _drawing(self, pages: list[Sketch], scale: float) -> Drawing:
        caption = self.caption
        return Drawing(
            pages=pages,
            scale=scale,
            title=titled(caption),
            words=f"{titled(caption)}. {facts_of(self._layout(Look()), self.words)}",
            author=caption.centre,
            language=self.words.language,
        )
