"""Headline: the title candidates of a page, their features, and the choice between them.

`titles` collects the candidates, `features` compares them, and `choose` takes the one with the
highest score.
"""
