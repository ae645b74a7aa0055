"""FETCH: the spiders. They only fetch and hand over; reading is extraction's, cleaning the pipelines'."""
