"""CLEAN: turn a raw body into clean text and HTML. Pure, without Scrapy.

The tuple in `newsclean.cleaning.body` sets the order of the steps. Each step is in a module of
the same name.
"""

from newsclean.cleaning.body import STEPS, CleanBody, clean_body
from newsclean.cleaning.join import join_bodies
from newsclean.cleaning.media import Media

__all__ = ["STEPS", "CleanBody", "Media", "clean_body", "join_bodies"]
