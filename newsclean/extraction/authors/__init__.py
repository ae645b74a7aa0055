"""Authors: names from bylines, markup and signatures, and the choice between them.

`read` splits a byline into authors. `names` decides whether a text is the name of a person.
`named`, `unlabelled`, `fallback` and `site_owner` find candidates on the page, from the most
reliable to the least. `choose` chooses the authors from all sources.
"""
