"""Make text of a page or a server safe for one line of a terminal or a log."""

_MAX_LENGTH = 300  # characters


def printable(text: str, longest: int = _MAX_LENGTH) -> str:
    r"""Return *text* in one line of at most *longest* characters, without control characters.

    >>> printable("Rain\x1b[31m")
    'Rain\ufffd[31m'
    """
    text = text[:longest]
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
