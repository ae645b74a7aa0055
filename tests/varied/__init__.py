"""Pages that are no news: encyclopaedias, documentation, blogs, pages of a few short paragraphs.

``python -m tests.varied`` prints how much of each kind's text is read. All text is made up of our
own words; `pages` builds the same forty pages each time.
"""
