"""Invented pages of many systems and languages, whose fields are known: nothing is tuned on one.

`stories` are what the pages tell, `layouts` the systems that draw them, `measure` reads them.
"""
