"""Act out three councils: one finished, one in the middle, one just begun."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Final

from dashboards.demo.content import Row
from dashboards.demo.lives import CaseStory, InitiativeStory
from dashboards.demo.stage import Act, Frame, Stage, moment, working_day
from panels.domain.criteria import Criterion
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from panels.domain.sheet import Opinion, Score
from panels.service import (
    add_submission,
    adopt_recommendation,
    close_panel,
    create_panel,
    declare_conflict,
    list_own_sheets,
    save_sheet,
    submit_sheet,
    view_sheet,
)


@dataclass(frozen=True, slots=True)
class Council:
    """One council as drawn: when it began, who judges, how many sheets are in."""

    name: str
    kind: PanelKind
    criteria: str
    chair: str
    began: int
    due: int
    experts: tuple[int, ...]
    handed_in: float
    is_closed: bool = False


_COUNCILS: Final = (
    Council(
        "consilium", PanelKind.CONSILIUM, "project", "director",
        -190, -165, (1, 4, 7, 9, 11), 1.0, is_closed=True,
    ),
    Council(
        "competition", PanelKind.COMPETITION, "competition", "manager",
        -24, 10, (1, 2, 3, 6, 8, 12), 0.6,
    ),
    Council(
        "first_look", PanelKind.CONSILIUM, "first_look", "consultant1",
        -2, 19, (1, 5, 7, 10), 0.0,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Seat:
    """One expert before one project of a council."""

    council: Council
    expert: str
    project: str
    worth: float
    is_handed_in: bool


def councils(frame: Frame, lives: Sequence[InitiativeStory]) -> Iterator[Act]:
    """Give every act of the three councils."""
    rng = frame.options.random("councils")
    rows = frame.content.rows("initiatives")
    cases = {rows[life.number]["key"]: life.cases[-1] for life in lives}
    for council in _COUNCILS:
        began = working_day(frame, frame.today + timedelta(days=council.began))
        yield Act(moment(began, 10, 15), partial(_create, council))
        projects = [
            row
            for row in frame.content.rows("projects", panel=council.name)
            if row["initiative_key"] in cases and cases[row["initiative_key"]].opened_on < began
        ]
        for minute, row in enumerate(projects):
            case = cases[row["initiative_key"]]
            yield Act(moment(began, 11, minute), partial(_lay, council, row, case))
        yield from _judged(frame, rng, council, [row["initiative_key"] for row in projects])


def _create(council: Council, stage: Stage) -> None:
    new = NewPanel(
        title=stage.content.words(f"panel_{council.name}"),
        kind=council.kind,
        chair_id=stage.person(council.chair),
        due_on=stage.frame.today + timedelta(days=council.due),
        criteria_set=council.criteria,
        expert_ids=tuple(stage.person(f"expert{number}") for number in council.experts),
    )
    stage.made[council.name] = create_panel(stage.desk(council.chair), new=new)


def _lay(council: Council, row: Row, case: CaseStory, stage: Stage) -> None:
    stage.made[f"project {row['initiative_key']}"] = add_submission(
        stage.desk(council.chair),
        panel_id=stage.made[council.name],
        new=NewSubmission(row["title"], row["text"], case_id=stage.made[case.key]),
    )


def _judged(frame: Frame, rng: Random, council: Council, projects: Sequence[str]) -> Iterator[Act]:
    """Let experts hand in, begin or wait; one of the competition has a conflict of interest."""
    worth = {project: rng.gauss(3.6, 0.6) for project in projects}
    barred = (
        (council.experts[-1], projects[0]) if council.name == "competition" and projects else None
    )
    for project in projects:
        for number in council.experts:
            luck, day = rng.random(), _evening(frame, rng, council)
            seat = _Seat(
                council, f"expert{number}", project, worth[project], luck < council.handed_in
            )
            if (number, project) == barred:
                yield Act(moment(day, 20), partial(_step_aside, seat))
            elif seat.is_handed_in or (council.handed_in and luck < council.handed_in + 0.12):
                yield Act(moment(day, 20), partial(_judge, seat))
    if council.is_closed and projects:
        due = working_day(frame, frame.today + timedelta(days=council.due))
        for minute, project in enumerate(projects):
            yield Act(moment(due, 12, minute), partial(_adopt, council, project))
        yield Act(moment(due, 12, 40), lambda stage: _close(council, stage))


def _evening(frame: Frame, rng: Random, council: Council) -> date:
    last = max(min(council.due, -1), council.began + 2)
    return frame.today + timedelta(days=rng.randint(council.began + 2, last))


def _sheet_of(seat: _Seat, stage: Stage) -> int:
    submission = stage.made[f"project {seat.project}"]
    lines = list_own_sheets(stage.desk(seat.expert))
    return next(line.id for line in lines if line.submission_id == submission)


def _judge(seat: _Seat, stage: Stage) -> None:
    desk = stage.desk(seat.expert)
    view = view_sheet(desk, _sheet_of(seat, stage))
    rng = stage.frame.options.random(f"sheet {seat.expert} {seat.project}")
    opinion = _opinion(stage, rng, view.panel.criteria, seat)
    write = submit_sheet if seat.is_handed_in else save_sheet
    write(desk, sheet_id=view.sheet.id, version=view.sheet.version, opinion=opinion)


def _opinion(stage: Stage, rng: Random, criteria: Sequence[Criterion], seat: _Seat) -> Opinion:
    bias = rng.gauss(0, 0.4)
    marks = {
        criterion.id: min(max(round(rng.gauss(seat.worth + bias, 0.7)), 1), 5)
        for criterion in criteria
    }
    kept = dict(list(marks.items()) if seat.is_handed_in else list(marks.items())[:2])
    mean = sum(marks.values()) / len(marks)
    content = stage.content
    scores = tuple(Score(key, mark, reason=_reason(stage, rng, mark)) for key, mark in kept.items())
    if not seat.is_handed_in:
        return Opinion(scores)
    advice = rng.sample(content.rows("opinions", part="recommendation"), rng.choice((1, 2, 2)))
    return Opinion(
        scores,
        content.drawn(rng, "opinions", part="comment", level=_level(mean))["text"],
        "\n".join(row["text"] for row in advice),
    )


def _reason(stage: Stage, rng: Random, mark: float) -> str:
    if rng.random() < 0.5:
        return ""
    return stage.content.drawn(rng, "opinions", part="reason", level=_level(mark))["text"]


def _level(mark: float) -> str:
    if mark >= 3.9:
        return "high"
    return "middle" if mark >= 2.6 else "low"


def _step_aside(seat: _Seat, stage: Stage) -> None:
    declare_conflict(
        stage.desk(seat.expert),
        submission_id=stage.made[f"project {seat.project}"],
        reason=stage.content.rows("opinions", part="conflict")[0]["text"],
    )


def _adopt(council: Council, project: str, stage: Stage) -> None:
    """Make next steps of what the first two experts recommend."""
    chair = stage.desk(council.chair)
    adopted: set[str] = set()
    for number in council.experts[:3]:
        seat = _Seat(council, f"expert{number}", project, 0.0, is_handed_in=True)
        sheet = view_sheet(stage.desk(seat.expert), _sheet_of(seat, stage)).sheet
        line = sheet.opinion.recommendations[0]
        if line not in adopted:
            due = stage.clock.now.date() + timedelta(days=30)
            adopt_recommendation(chair, sheet_id=sheet.id, line=line, due_on=due)
            adopted.add(line)


def _close(council: Council, stage: Stage) -> None:
    close_panel(stage.desk(council.chair), panel_id=stage.made[council.name])
