"""WHAT it is called: every title of a page with what speaks for it, and the choice among them.

`titles` gathers them, `marks` compares them, `weights` says what each mark is worth, `choose`
takes the likeliest; `heading` finds where on the page the article begins.
"""
