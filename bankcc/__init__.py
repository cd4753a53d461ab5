"""bankcc: the command center of a bank whose outlets are temporarily closed.

It runs on laptops without a network.
"""

__version__ = "0.1.0"
