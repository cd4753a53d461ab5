"""The task board: cards and lanes, what keys and menus do to a card, its print."""
