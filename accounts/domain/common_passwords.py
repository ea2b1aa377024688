"""Passwords that every guesser tries first, ten signs and longer once digits are stripped.

Kept short on purpose: words and keyboard rows, Latin and Cyrillic, casefolded with ё as е;
`passwords.check` also strips trailing digits and marks, so "password2026!" is covered.
"""

from typing import Final

COMMON: Final = frozenset(
    """
    password passw0rd password1234567890 qwerty qwertyuiop qwertyuiop[] qwertyqwerty asdfghjkl asdfghjkl;
    zxcvbnm zxcvbnm,. 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedc qazwsxedcrfv q1w2e3r4t5 q1w2e3r4t5y6
    iloveyou iloveyou2 letmein letmeinplease welcome welcomewelcome administrator administrador admin admin123admin
    adminadmin rootroot superuser changeme changemenow trustno1 sunshine princess football baseball
    basketball superman batman dragon monkey master shadow michael jennifer jordan23 starwars whatever
    computer internet samsung google facebook vkontakte instagram telegram
    1234567890 0987654321 12345678910 123456789012 1234512345 1122334455 111222333444 123123123123 123321123321
    987654321 123456789 12345678 11111111 00000000 qwerty123456 qwerty12345 abc123abc123 abcdefghij aa12345678
    пароль парольпароль йцукен йцукенгшщз йцукенгшщзхъ фывапролд фывапролджэ ячсмить ячсмитьбю
    привет приветпривет приветмир любовь люблю люблютебя яшмаяшма наташа максим сергей андрей
    администратор россия москва пермь спартак динамо зенит солнышко котенок
    gfhjkm gfhjkmgfhjkm ghbdtn ghbdtnghbdtn rfnfcnhjaf qweasdzxc qweasdzxc123 lytghjgtnhjdcr
    """.split()  # noqa: SIM905 — a list of words reads better as words
)
