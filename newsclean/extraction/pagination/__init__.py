"""Pagination: the number of a page in a multi-page article, and the URLs of the other pages."""
