"""FETCH: downloader middlewares."""
