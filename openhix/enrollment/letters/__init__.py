"""The letters that this room sends, each in the transaction of the action that it tells of."""

from openhix.enrollment.letters.changed import changed
from openhix.enrollment.letters.choice import choice
from openhix.enrollment.letters.choice_ended import choice_ended
from openhix.enrollment.letters.covered import covered
from openhix.enrollment.letters.special import not_proved, opened, refused

__all__ = ["changed", "choice", "choice_ended", "covered", "not_proved", "opened", "refused"]
