"""Dates of publication and change: find, parse and choose them.

`read` parses a date in any form, `worded`, `months` and `relative` those in words. `day_order`
decides between day and month. `times` and `fallback` find dates on the page, `address` in its
URL. `published` chooses the date of publication from all sources.
"""
