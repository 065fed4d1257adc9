"""What this room does: ask data services, ask for papers, take them in, decide about them, and keep their days."""

from openhix.verification.actions.asking import Said, ask_services, take_replies
from openhix.verification.actions.days import expire, remind
from openhix.verification.actions.proofs import ask_for_proof_of_event, ask_for_proofs
from openhix.verification.actions.reviewing import NotOwed, TooLong, accept, ask_again, extend, refuse
from openhix.verification.actions.sending import NothingOwed, SentBefore, send_paper

__all__ = [
    "NotOwed",
    "NothingOwed",
    "Said",
    "SentBefore",
    "TooLong",
    "accept",
    "ask_again",
    "ask_for_proof_of_event",
    "ask_for_proofs",
    "ask_services",
    "expire",
    "extend",
    "refuse",
    "remind",
    "send_paper",
    "take_replies",
]
