"""STATIONS: one item pipeline a file, in the order of ITEM_PIPELINES in settings.py."""
