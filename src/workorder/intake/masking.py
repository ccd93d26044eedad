"""Masking: of a card number only the last digits are kept, and nobody ever had the rest.

What is masked here is masked for good, before anything is stored, decided or digested. Length and
separators stay, so that people recognise what they look at; and a masked value masked again is
the same, so that it may be handed on and come back.
"""

from unicodedata import category

MASK = "*"


def masked(value: str, last: int) -> str:
    """*value* with its last *last* characters, and ``*`` for each letter or digit before them.

    Blanks and punctuation stay where they are; signs that belong to no script (a circled digit)
    count as letters.

    >>> masked("6222 0212 3456 7890", 4), masked("\uff16\uff12\uff12\uff12", 1)
    ('**** **** **** 7890', '***\uff12')
    >>> masked(masked("6222 0212 3456 7890", 4), 4)
    '**** **** **** 7890'
    """
    cut = max(len(value) - last, 0)
    return "".join(each if _separates(each) else MASK for each in value[:cut]) + value[cut:]


def _separates(sign: str) -> bool:
    """Whether *sign* tells nothing: a blank, punctuation. Control characters and halves of
    characters stay as well, for the form to refuse.
    """
    if sign.isascii():
        return not sign.isalnum()
    return category(sign)[0] in "ZP" or category(sign) in {"Cc", "Cs"}
