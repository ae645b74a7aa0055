"""Authors: names from bylines, markup and signatures, and the choice between them.

`read` splits a byline into authors. `names` and `organizations` decide what a text names,
`first_names` and `other_work` list words. `named`, `unlabelled`, `fallback` and `site_owner` find
candidates on the page, from the most reliable to the least. `fallback` reads each text with `lines`
and `reporters`. `choose` chooses the authors from all sources.
"""
