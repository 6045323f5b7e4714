"""A transition table allows what it lists and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel.states import RefusedTransition, Transitions

TABLE = Transitions.of("new", {"new": ["open"], "open": ["done", "new"], "done": [], "lost": ["done"]})
names = st.sampled_from(["new", "open", "done", "lost", "other", ""])


def test_listed_moves_pass_and_others_are_refused():
    TABLE.check("new", "open")
    with pytest.raises(RefusedTransition) as refused:
        TABLE.check("new", "done")
    assert (refused.value.old, refused.value.new) == ("new", "done")


@given(names, names)
def test_check_and_allows_agree(old, new):
    if TABLE.allows(old, new):
        TABLE.check(old, new)
    else:
        with pytest.raises(RefusedTransition):
            TABLE.check(old, new)


def test_reachable_follows_every_path_from_the_start():
    assert TABLE.reachable() == {"new", "open", "done"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef")), min_size=1))
def test_reachable_is_closed_under_the_table(table):
    machine = Transitions.of("a", table)
    reached = machine.reachable()
    assert "a" in reached
    assert all(set(table.get(state, ())) <= reached for state in reached)
