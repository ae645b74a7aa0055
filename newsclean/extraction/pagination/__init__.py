"""Articles that are spread over several pages: which of them a page is, where the others are."""
