"""Pages that are no news: encyclopaedias, documentation, blogs, guides, pages of a few paragraphs.

``python -m tests.varied`` prints how much of each kind's text is read, beside trafilatura. All text
is made up of our own words; `pages` builds the same pages each time. The body reader was trained on
none of them (`training.documentation` says on what), so that they show how it does on new markup.
"""
