"""WHO wrote it: names from bylines, marks and signatures, and the choice among them.

`read` splits a byline into people, `names` tells what is one's name; `named`, `unlabelled`,
`fallback` and `site_owner` look for them on the page, from the surest place to the last
resort; `choose` takes the authors from what all sources say.
"""
