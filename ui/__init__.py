"""The window and everything in it."""

import builtins

import PySide6.QtCore  # noqa: F401  what is undone here comes with it

# PySide looks into the source of every module that is imported after it, for a switch that nobody
# uses here (`from __feature__ import …`): a quarter of the time that loading a panel takes.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
