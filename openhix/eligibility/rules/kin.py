"""Pairs: who is what to whom, told by positions. Everyone of a household lives together."""

import numpy as np

from openhix.eligibility.rules.people import PAIR, PERSON
from openhix.kernel.facts import Bools, Ints, rule
from openhix.kernel.story import YES_NO
from openhix.law.tables import Law


@rule(PERSON, cites="130 CMR 501.001; 42 CFR 435.603(f)(3)(iv)", unit=YES_NO)
def is_child(age: Ints, law: Law) -> Bools:
    """Under 19. Massachusetts did not choose the extension to full-time students of 19 and 20."""
    return age < law.masshealth.child_under


@rule(PAIR, cites="26 CFR 1.36B-1(d)", unit=YES_NO)
def on_my_return(my_return_number: Ints, their_return_number: Ints) -> Bools:
    return np.asarray(my_return_number == their_return_number)


@rule(PAIR, cites="42 CFR 435.603(f)(4)", unit=YES_NO)
def is_my_spouse(my_spouse: Ints, their_position: Ints) -> Bools:
    return np.asarray(my_spouse == their_position)


@rule(PAIR, cites="42 CFR 435.603(b)", unit=YES_NO)
def is_my_parent(my_first_parent: Ints, my_second_parent: Ints, their_position: Ints) -> Bools:
    return (my_first_parent == their_position) | (my_second_parent == their_position)


@rule(PAIR, cites="42 CFR 435.603(b)", unit=YES_NO)
def is_my_child(my_position: Ints, their_first_parent: Ints, their_second_parent: Ints) -> Bools:
    return (their_first_parent == my_position) | (their_second_parent == my_position)


@rule(PAIR, cites="42 CFR 435.603(f)(3)(ii)", unit=YES_NO)
def is_my_young_child(is_my_child: Bools, their_is_child: Bools) -> Bools:
    return is_my_child & their_is_child


@rule(PAIR, cites="42 CFR 435.603(b)", unit=YES_NO)
def is_my_sibling(
    my_first_parent: Ints,
    my_second_parent: Ints,
    their_first_parent: Ints,
    their_second_parent: Ints,
    my_position: Ints,
    their_position: Ints,
) -> Bools:
    """Full, half, adopted or step: who has a parent in common with me."""
    first = (my_first_parent >= 0) & (
        (my_first_parent == their_first_parent) | (my_first_parent == their_second_parent)
    )
    second = (my_second_parent >= 0) & (
        (my_second_parent == their_first_parent) | (my_second_parent == their_second_parent)
    )
    return (first | second) & (my_position != their_position)


@rule(PAIR, cites="26 USC 152; 26 CFR 1.36B-1(d)", unit=YES_NO)
def claims_me(on_my_return: Bools, their_files: Bools, my_files: Bools) -> Bools:
    """Who claims me as a dependent, which is who is on a return and does not file; of a couple, both who file."""
    return on_my_return & their_files & ~my_files
