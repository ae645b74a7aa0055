"""FETCH: the spiders. They fetch and hand over; extraction reads, the pipelines clean."""
