"""PROCESS: one item pipeline per file, in the order of ITEM_PIPELINES in settings.py."""
