"""The package's metadata is complete and agrees with itself."""

import re
import tomllib

import yaml

from newsclean import __version__
from tests.crawls.run import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]


def test_the_extras_are_all_in_all():
    extras = PROJECT["optional-dependencies"]
    named = set(re.search(r"\[(.+)\]", extras["all"][0])[1].split(","))
    for_developers = {"docs", "test", "train"}
    assert named == extras.keys() - {"all"} - for_developers


def test_the_pythons_are_those_that_are_tested():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf8"))
    tested = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    promised = re.findall(r":: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert tested == promised
    assert PROJECT["requires-python"] == f">={promised[0]}"


def test_it_is_cited_as_it_is():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf8"))
    assert citation["version"] == __version__
    assert citation["license"] == PROJECT["license"]
    assert citation["authors"] == PROJECT["authors"]


def test_the_forms_for_issues_are_whole():
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = yaml.safe_load(path.read_text("utf8"))
        if path.name != "config.yml":
            assert form.keys() >= {"name", "description", "body"}
            ids = [part["id"] for part in form["body"]]
            assert len(ids) == len(set(ids))


def test_the_image_copies_what_the_package_is_built_from():
    text = (ROOT / "Dockerfile").read_text("utf8")
    names = " ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)).split()
    assert {"pyproject.toml", "README.md", "LICENSE", "newsclean"} <= set(names)
    assert [name for name in names if not (ROOT / name).exists()] == []
