"""ARCHIVES ON MANY CORES: millions of saved pages, in shards, on one machine or a cluster.

`plan` divides the archives into shards. `engine` has Dask read them: each in a process of its own
(`shard`), which is the crawl ``archive`` with a file of its own. `publish` takes out what several
shards have in common and publishes each file. `run` does these one after another, and goes on
where a killed run ended.
"""
