"""Files that are replaced when they are complete, and devices, which are never replaced."""

import os
import threading

import pytest

from newsclean.whole_file import write_whole


def test_an_error_leaves_the_old_file(tmp_path):
    path = tmp_path / "report.html"
    write_whole(path, ["old"])

    def pieces():
        yield "new"
        raise OSError

    with pytest.raises(OSError):
        write_whole(path, pieces())
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_the_target_of_a_link_is_replaced(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    write_whole(link, ["a", "\N{BULLET}"])
    assert link.is_symlink()
    assert target.read_bytes() == b"a\xe2\x80\xa2"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    write_whole(pipe, ["a", "b"])
    reader.join(10)
    assert read == ["ab"]
    assert pipe.is_fifo()
