"""What people wrote is shown as it stands, whatever Markdown would make of it."""

import pytest

from core.ui.desk import plain


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("**жирно** и _курсив_", r"\*\*жирно\*\* и \_курсив\_"),
        ("[тут](http://x)", r"\[тут\](http://x)"),
        (":red[x] :smile:", r"\:red\[x\] \:smile:"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("$x$ `y` ~~z~~", r"\$x\$ \`y\` \~\~z\~\~"),
        ("# заголовок\n- пункт\n  + ещё", "\\# заголовок\n\\- пункт\n  \\+ ещё"),
        ("1. первое", r"1\. первое"),
        ("&lt;", r"\&lt;"),
    ],
)
def test_markup_is_escaped(written: str, escaped: str) -> None:
    assert escaped == plain(written)


@pytest.mark.parametrize(
    "written",
    ["Дело: сейчас 1, хотим 3", "+7 912 000-00-00", "в 18:30 (у входа)", "Да! Нет? «Ёлка»"],
)
def test_ordinary_text_stays_as_it_is_for_screen_readers(written: str) -> None:
    assert written == plain(written)
