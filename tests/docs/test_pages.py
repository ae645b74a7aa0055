"""Every code block of README and documentation is run, page by page."""

import re
from contextlib import closing

import pytest

from tests.docs.blocks import ROOT, RUN, SHOWN, Reader, blocks, named_file, pages
from tests.docs.paper import Paper, give_files
from tests.server import serve

# Blocks that need what a test has not: a network, root, a daemon. Fewer is better.
MOST_NOT_RUN = 12


def page_id(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", pages(), ids=page_id)
def test_every_block_runs(path, tmp_path, monkeypatch):
    found = blocks(path)
    unknown = {one.kind for one in found} - RUN - SHOWN
    assert not unknown, f"no test runs blocks of the kinds {unknown}"
    mine = [one for one in found if one.kind in RUN and one.note is None]
    if not mine:
        return
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    with serve() as site, closing(Reader(tmp_path, site)) as reader:
        paper = Paper(site)
        if path.name == "README.md":
            give_files(tmp_path, paper)
        for block in mine:
            reader.take(block)


def test_few_blocks_are_not_run():
    noted = [(page_id(path), one) for path in pages() for one in blocks(path) if one.note]
    for page, block in noted:
        if block.note[0] == "run by":
            name = re.split("::", block.note[1])[0]
            assert (ROOT / name).is_file(), f"{page}: no test {name}"
    left = [f"{page}:{one.line}: {one.note[1]}" for page, one in noted if one.note[0] == "not run"]
    assert len(left) <= MOST_NOT_RUN, "\n".join(left)


def test_a_block_that_fails_is_noticed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```sh\necho one; echo two\n```\n```text\none\nthree\n```\n")
    (block,) = blocks(page)
    wrong = pytest.raises(AssertionError, match="two")
    with serve() as site, closing(Reader(tmp_path, site)) as reader, wrong:
        reader.take(block)
    assert named_file(block) is None
