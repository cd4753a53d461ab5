"""The pieces behind the session: files and keys of a center, the write path, reading, local state.

Rule: only `bankcc.session` imports them from outside.
"""
