"""CLEAN: a raw body → clean text and HTML. Pure, without Scrapy.

The order of the steps is the tuple in `newsclean.cleaning.body`; each step has a module of
its name.
"""

from newsclean.cleaning.body import STEPS, CleanBody, clean_body
from newsclean.cleaning.join import join_bodies
from newsclean.cleaning.media import Media

__all__ = ["STEPS", "CleanBody", "Media", "clean_body", "join_bodies"]
