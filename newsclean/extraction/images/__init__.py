"""The picture that stands for an article: of those that a page names, the one that it shows."""
