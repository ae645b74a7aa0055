"""EXPORT: the one place that says when an article is stored.

An article is written to its feeds, made durable, and then confirmed to the ledger. So a crawl
that is killed at any moment and run again has every article in what it published exactly once.

- `extension` is the way of an article, and where it is counted;
- `durability` says for each storage and format when an article is stored, and what is refused;
- `feed` chooses the file of each item, `parts` is such a file, `formats` has the exporters;
- `recovery`, `reconcile` and `repair` put right what a killed crawl left;
- `rotation` and `manifest` are for feeds that live for years.
"""
