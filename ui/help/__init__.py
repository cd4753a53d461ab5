"""Help: its topics, how they are laid out, the window of F1."""
