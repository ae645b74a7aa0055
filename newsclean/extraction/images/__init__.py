"""The lead image of an article: an image from the metadata that the page also shows."""
