"""The log of append-only operations: their form, their tables, and their reduction to views."""
