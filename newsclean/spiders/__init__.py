"""FETCH: the spiders. They fetch pages; `extraction` reads them, and the pipelines clean them."""
