"""FETCH, on the way down: downloader middlewares."""
