from core.lettering import width_of, wrapped


def test_a_line_breaks_at_spaces_and_hyphens_and_at_last_between_letters() -> None:
    assert wrapped("", 50, 12) == [""]
    assert wrapped("Пётр Щербинин-Ладожский", 70, 12) == ["Пётр", "Щербинин-", "Ладожский"]
    assert "".join(wrapped("щ" * 40, 100, 12)) == "щ" * 40
    assert wrapped("раз два три четыре", 60, 12, most=1) == ["раз два…"]


def test_no_line_is_wider_than_it_may_be_and_nothing_is_lost() -> None:
    text = "Согласовать с комитетом архитектуры — ёлки-палки, scaffolding и 10 000 кирпичей " * 3
    for width in (40.0, 90.0, 300.0):
        lines = wrapped(text, width, 12)
        assert max(width_of(line, 12) for line in lines) <= width
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_bold_letters_are_wider_and_width_grows_with_the_size() -> None:
    assert width_of("Ёлка", 12, bold=True) > width_of("Ёлка", 12)
    assert abs(width_of("Ёлка", 24) - 2 * width_of("Ёлка", 12)) < 1e-9
