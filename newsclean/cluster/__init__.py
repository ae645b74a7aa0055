"""ARCHIVES ON MANY CORES: millions of saved pages, in shards, on one machine or a cluster.

`plan` divides the archives into shards. `engine` has Dask read the shards. Each shard is read by
the crawl ``archive`` in its own process, into its own file (`shard`). `publish` removes what
several shards have in common, and publishes each file. `run` calls these one after another. After a
kill, it continues where the run ended.
"""
