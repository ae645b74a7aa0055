"""Count the words of a text in any script."""

import re
from itertools import filterfalse

# Japanese kana, Chinese characters, Thai and Lao, Burmese, Khmer: scripts without spaces.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’\-][^\W_{_UNSPACED}]+)*")
_SAMPLE = 300  # characters; enough to find the script of an article


def count_words(text: str) -> int:
    """Return the number of words of *text*. In scripts without spaces, each character counts.

    >>> count_words("Rain at last."), count_words("终于下雨了。")
    (3, 5)
    """
    if not text.isascii() and _UNSPACED_LETTER.search(text) is not None:
        return len(_WORD.findall(text))
    # Most words are letters between spaces, dots and commas. The pattern is for the others.
    words = text.replace(".", " ").replace(",", " ").split()
    others = list(filterfalse(str.isalnum, words))
    return len(words) - len(others) + len(_WORD.findall(" ".join(others)))


def split_words(text: str) -> list[str]:
    """Return the words of *text* in order, as `count_words` counts them.

    >>> split_words("Rain-fed: 雨水。")
    ['Rain-fed', '雨', '水']
    """
    return _WORD.findall(text)


def counts_characters(text: str) -> bool:
    """Return True if `count_words` counts mostly characters of *text*, because its script has no
    spaces.

    >>> counts_characters("终于下雨了。"), counts_characters("The word 雨 means rain.")
    (True, False)
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return False
    characters = len(_UNSPACED_LETTER.findall(sample))
    return characters > 0 and 2 * characters > len(_WORD.findall(sample))
