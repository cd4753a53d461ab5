"""Old operations in today's form: one registered step per version, applied when they are folded.

Only the log needs this; views are rebuilt. When the meaning of an operation changes, raise
`OP_VERSION`, add the step here, and keep a stored real sample of the old version in the tests.
"""

from collections.abc import Callable, Mapping

from bankcc.log.op import OP_VERSION, Op

Step = Callable[[Op], Op]
STEPS: Mapping[int, Step] = {}
"""From version to the step that makes the next one of it. Version 1 is today's."""


def upcast(op: Op, steps: Mapping[int, Step] = STEPS, current: int = OP_VERSION) -> Op:
    """`op` in the form of `current`. Raises KeyError if a step is missing, which a test
    excludes.
    """
    for version in range(op.header.version, current):
        op = steps[version](op)
    return op
