"""WHEN it was published and changed: dates as pages write them, and the choice among them.

`read` reads a date in any form, `worded`, `months` and `relative` those in words, `day_order`
decides between day and month; `times` and `fallback` look for them on the page, `address`
in its URL; `published` takes the day of publication from what all sources say.
"""
