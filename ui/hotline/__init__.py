"""The hotline: the strip a call is entered with, what is staged with it, list, answer cards."""
