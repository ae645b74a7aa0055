"""How Sphinx builds the documentation: ``make docs``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from newsclean import __version__

project = "newsclean"
author = "newsclean contributors"
copyright = author  # noqa: A001 - Sphinx asks for this name
release = version = __version__

extensions = [
    "generated",  # _ext/generated.py: the parts that are generated from the code
    "myst_parser",
    "sphinx.ext.autodoc",
]
exclude_patterns = ["_build"]
# `name` in a docstring names a function or a class.
default_role = "py:obj"
highlight_language = "none"
smartquotes = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# An extra that need not be installed to build the documentation.
autodoc_mock_imports = ["spidermon"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
maximum_signature_line_length = 70
autodoc_preserve_defaults = True

html_theme = "furo"
html_title = f"newsclean {version}"
html_static_path = ["_static"]
html_css_files = ["newsclean.css"]
html_copy_source = False
html_show_sphinx = False
