"""Pages other than news: encyclopaedias, documentation, blogs, guides, pages of a few paragraphs.

``python -m tests.varied`` prints the scores of each kind, and those of trafilatura. All text is our
own; `pages` builds the same pages each time. The body reader was not trained on them (see
`training.documentation`), so they show its quality on new markup.
"""
