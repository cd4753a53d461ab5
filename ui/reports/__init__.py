"""Reports on the screen: which there are, their options, first page and history."""
