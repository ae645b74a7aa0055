"""EXPORT: write articles to the feeds, and decide when an article is stored.

An article is written to its feeds, made durable, and then confirmed to the ledger. So after a kill
at any moment and another run, the published files hold every article exactly once.

- `extension` is the Scrapy extension that writes articles and confirms them, `pending` holds the
  articles between the two steps;
- `durability` decides for each storage and format when an article is stored, and refuses feeds for
  which this is impossible;
- `feed` chooses the file of each item, `parts` is such a file, `formats` has the exporters;
- `recovery`, `reconcile` and `repair` repair the files of a killed crawl;
- `rotation` and `manifest` are for rotated feeds.
"""
