"""REMEMBER: the state of every URL, so that a crawl can be killed and run again."""
