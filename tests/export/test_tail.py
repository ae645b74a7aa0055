"""The end of a feed file: incomplete lines are cut, complete ones are kept."""

import pytest

from newsclean.export.tail import Tail, TailLine, head_of, read_tail_lines, repair_tail

WHOLE = b'{"url":"https://news.example/1"}\n'


@pytest.mark.parametrize(
    ("content", "tail", "left"),
    [
        (b"", Tail(0), b""),
        (WHOLE, Tail(len(WHOLE)), WHOLE),
        (WHOLE + b'{"url":"ht', Tail(len(WHOLE), cut_bytes=10), WHOLE),
        (WHOLE + b"\0" * 4096, Tail(len(WHOLE), cut_bytes=4096), WHOLE),
        (WHOLE + b'{"a":"' + b"x" * 200_000, Tail(len(WHOLE), cut_bytes=200_006), WHOLE),
        (b'{"url":"ht', Tail(0, cut_bytes=10), b""),
        (WHOLE + WHOLE[:-1], Tail(2 * len(WHOLE)), WHOLE * 2),
        (WHOLE + "风".encode()[:2], Tail(len(WHOLE), cut_bytes=2), WHOLE),
        (WHOLE + b"17", Tail(len(WHOLE), cut_bytes=2), WHOLE),
    ],
    ids="empty whole torn zeros long-torn only-torn no-end character number".split(),
)
def test_repair(tmp_path, content, tail, left):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(content)
    assert repair_tail(path) == tail
    assert path.read_bytes() == left
    assert repair_tail(path) == Tail(len(left))


def test_every_cut_of_a_line_is_repaired(tmp_path):
    path = tmp_path / "articles.jsonl"
    line = '{"url":"https://news.example/1","headline":"Regen \\" und 风","n":[1,{}]}\n'.encode()
    for cut in range(len(line) - 1):
        path.write_bytes(WHOLE + line[:cut])
        assert repair_tail(path).cut_bytes == cut
        assert path.read_bytes() == WHOLE


def test_a_file_that_is_not_there_stays_so(tmp_path):
    path = tmp_path / "articles.jsonl"
    assert repair_tail(path) == Tail(0)
    assert list(read_tail_lines(path, 0)) == []
    assert head_of(path) is None
    assert not path.exists()


def test_lines_from_an_offset(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(WHOLE + b'{"n":2}\n\nnot json\n[]\n{"n":3}\n{"n":')
    start = len(WHOLE)
    assert list(read_tail_lines(path, start)) == [
        TailLine(start + 8, {"n": 2}),
        TailLine(start + 18, None),
        TailLine(start + 21, None),
        TailLine(start + 29, {"n": 3}),
    ]
    assert list(read_tail_lines(path, start + 29)) == []


def test_an_offset_within_a_line_is_not_of_this_file(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(WHOLE * 3)
    assert [line.end for line in read_tail_lines(path, 5)] == [len(WHOLE) * n for n in (1, 2, 3)]
    assert len(list(read_tail_lines(path, 10_000))) == 3


def test_a_growing_file_keeps_its_head(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(WHOLE[:-1])
    assert head_of(path) is None
    path.write_bytes(WHOLE)
    head = head_of(path)
    path.write_bytes(WHOLE + b'{"n":2}\n')
    assert head is not None
    assert head_of(path) == head
    path.write_bytes(b'{"n":2}\n')
    assert head_of(path) != head
