"""People on the screen: the tree of posts, check-in, shifts, the poster."""
