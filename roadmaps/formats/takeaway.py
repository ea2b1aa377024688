"""A roadmap as a picture or a workbook: from its plan to the bytes of a file."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.i18n import Translator
from roadmaps.domain.laid import Laid
from roadmaps.domain.layout import GanttLayout, Look, gantt_layout
from roadmaps.domain.network import network_layout
from roadmaps.formats.caption import Caption, facts_of, titled
from roadmaps.formats.gantt_pages import gantt_pages
from roadmaps.formats.gantt_svg import gantt_svg
from roadmaps.formats.gantt_xlsx import add_gantt, zoom_of_sheet
from roadmaps.formats.network_svg import Net, network_pages, network_svg
from roadmaps.formats.paper import SCALE, Paper
from roadmaps.formats.pictures import Drawing, to_pdf, to_png
from roadmaps.formats.plan_csv import write_plan_xlsx
from roadmaps.formats.plan_html import plan_html
from roadmaps.formats.svg import BY_NAME, Sketch

_WIDTH = 720.0  # of the chart in one picture, in its own units
_LEAST_DAY = 1.6  # as above
_SCREEN = 0.75  # points for each unit of a picture


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
        """Give the same picture in pixels."""
        return to_png(self._drawing([self._sketch()], _SCREEN), at=self.at)

    def pdf(self, paper: Paper) -> bytes:
        """Give sheets to print."""
        laid, caption, _ = self.laid, self.caption, self.words
        if self.is_network:
            pages = network_pages(self._net(), paper)
        else:
            pages = gantt_pages(laid, caption.drawn_on, caption, paper, _)
        return to_pdf(self._drawing(list(pages), SCALE), at=self.at)

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
