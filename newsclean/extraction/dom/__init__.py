"""The page as a tree, with the parts that all fields use: index, regions, heading, distance,
text."""
