"""Files that one crawl at a time writes."""

import pytest

from newsclean.export.files import FeedLockedError, open_locked, remove_if_left


def test_an_empty_file_that_nobody_has_is_removed(tmp_path):
    path = tmp_path / "a.jsonl.part"
    open_locked(path).close()
    remove_if_left(path)
    assert not path.exists()
    remove_if_left(path)


def test_a_file_that_holds_something_or_that_a_crawl_has_is_kept(tmp_path):
    path = tmp_path / "a.jsonl.part"
    with open_locked(path):
        remove_if_left(path)
        with pytest.raises(FeedLockedError, match="is being written by another crawl"):
            open_locked(path)
    path.write_bytes(b"{}\n")
    remove_if_left(path)
    assert path.read_bytes() == b"{}\n"


def test_a_file_that_is_removed_before_it_is_locked_is_made_again(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl.part"
    from newsclean.export import files

    real, calls = files.lock, []

    def lock(file, path):
        if not calls:
            path.unlink()
        calls.append(path)
        return real(file, path)

    monkeypatch.setattr(files, "lock", lock)
    with open_locked(path) as file:
        file.write(b"{}\n")
    assert path.read_bytes() == b"{}\n"
    assert len(calls) == 2
