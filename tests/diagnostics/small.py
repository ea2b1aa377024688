"""A small instrument, its sheets written as lines."""

from diagnostics.domain.source import Row, Sheets

SURVEY = """
note        | intro  |                | Answer together |        |     |
begin_group | people | People         | Люди            |        |     | 3
select_one core  | core  | Who carries it? | Кто несёт? | people | 2   |
select_one roles | roles | Who does what?  | Кто за что? | people |    | 4
select_one care  | care  | Who cares?      | Кто бережёт? |       | 0.5 |
end_group   |        |                |                 |        |     |
begin_group | money  | Money          | Деньги          |        |     |
select_one cost  | cost  | What is the cost? | Сколько стоит? | money | | 2
end_group   |        |                |                 |        |     |
"""
SURVEY_COLUMNS = (
    "type", "name", "label::English (en)", "label::Русский (ru)", "domain", "weight", "wanted",
)  # fmt: skip


def rows(sheet, columns, lines):
    return tuple(
        Row(sheet, number, dict(zip(columns, (c.strip() for c in line.split("|")), strict=False)))
        for number, line in enumerate(lines, start=2)
    )


def make_sheets(survey=SURVEY, choices=None, settings=None) -> Sheets:
    lists = ("core", "roles", "care", "cost")
    choices = choices or [
        *(f"{name}|level_{n}|{name} {n} in English|{name} {n} по-русски|{n}|" for name in lists
          for n in range(1, 5)),
        *(f"{name}|dont_know|We do not know|Не знаем||dont_know" for name in lists),
        "care|not_applicable|Does not apply|Не относится||not_applicable",
        "cost|not_applicable|Does not apply|Не относится||not_applicable",
    ]  # fmt: skip
    return {
        "survey": rows("survey", SURVEY_COLUMNS, survey.strip().splitlines()),
        "choices": rows(
            "choices",
            ("list_name", "name", "label::English (en)", "label::Русский (ru)", "score", "missing"),
            choices,
        ),
        "settings": rows(
            "settings",
            ("form_id", "version", "form_title::English (en)", "form_title::Русский (ru)"),
            settings or ["small|1|Small|Малый"],
        ),
    }
