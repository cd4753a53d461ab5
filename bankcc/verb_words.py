"""What a verb of the log is called on screen and at the terminal: the record's kind and what was
done to it.

A verb without a word here (from a newer version) is shown by its name.
"""

from bankcc.features import KIND
from bankcc.i18n import N_, _

WORDS = {
    "create": N_("entered"),
    "add": N_("entered"),
    "enter": N_("entered"),
    "note": N_("entered"),
    "edit": N_("changed"),
    "delete": N_("deleted"),
    "erase": N_("erased"),
    "import": N_("imported"),
    "settle": N_("values decided"),
    "adjust": N_("count adjusted"),
    "assign": N_("assigned"),
    "reopen": N_("reopened"),
    "log_call": N_("call taken"),
    "answer": N_("answered"),
    "close": N_("closed"),
    "escalate": N_("escalated"),
    "arrange_callback": N_("callback arranged"),
    "record_callback": N_("callback recorded"),
    "to_task": N_("made a task"),
    "move": N_("moved"),
    "complete": N_("completed"),
    "block": N_("marked blocked"),
    "unblock": N_("obstacle cleared"),
    "tick": N_("checklist ticked"),
    "call_up_backup": N_("backup called up"),
    "stand_down": N_("stood down"),
    "notify": N_("notified"),
    "on_way": N_("on the way"),
    "check_in": N_("checked in"),
    "rest": N_("sent to rest"),
    "check_out": N_("checked out"),
    "mark_absent": N_("marked absent"),
    "check": N_("checked"),
    "take": N_("taken out"),
    "put_back": N_("put back"),
    "open": N_("opened"),
    "activate": N_("activated"),
    "set_level": N_("level set"),
    "set_status": N_("status set"),
    "follow_up": N_("followed up"),
    "approve": N_("approved"),
    "decide": N_("decided"),
    "revise": N_("revised"),
    "withdraw": N_("withdrawn"),
    "undo": N_("taken back"),
    "redo": N_("done again"),
}


def in_words(verb: str) -> str:
    """`verb`, such as “inquiry.edit”, in the language in force."""
    name, dot, action = verb.rpartition(".")
    word = WORDS.get(action)
    if word is None or (dot and name not in KIND):
        return verb
    return f"{_(KIND[name].label)} · {_(word)}" if dot else _(word)
