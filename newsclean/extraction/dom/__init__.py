"""The page as a tree, and what every field asks of it: index, regions, heading, distances, text."""
