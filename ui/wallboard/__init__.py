"""F11: the situation or the task board over a whole screen, read-only and without customers."""
