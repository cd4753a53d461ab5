"""The box of Ctrl+K: what was typed, which records and commands fit, and what Enter does."""
