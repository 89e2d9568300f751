"""The checker of the fault tests finds every fault it is there for."""

import pytest

from tenants.ids import uuid7
from tests.faults.journal import faults
from tests.faults.tab import Tab


def a_tab(*, shown: list[str], acknowledged: list[str]) -> Tab:
    tab = Tab(url="ws://localhost", token="", conversation_id=uuid7())
    tab.shown, tab.acknowledged = shown, {str(uuid7()): text for text in acknowledged}
    return tab


def test_nothing_is_found_where_all_is_well() -> None:
    tabs = [a_tab(shown=["a", "b"], acknowledged=["a", "b"]), a_tab(shown=["a", "b"], acknowledged=[])]

    assert faults(said=["b", "a"], kept=["a", "b"], tabs=tabs) == []


@pytest.mark.parametrize(
    ("kept", "shown", "found"),
    [
        (["a"], ["a"], ["never stored: b", "acknowledged and lost: b"]),
        (["a", "b", "a"], ["a", "b"], ["stored twice: a"]),
        (["a", "b", "c"], ["a", "b", "c"], ["stored, and nobody said it: c"]),
        (["a", "b"], ["a", "b", "b"], ["shown twice: b"]),
        (["a", "b"], ["a"], ["never shown: b"]),
        (["a", "b"], ["b", "a"], ["shown in another order than stored"]),
    ],
)
def test_a_planted_fault_is_found(kept: list[str], shown: list[str], found: list[str]) -> None:
    tab = a_tab(shown=shown, acknowledged=["a", "b"])

    assert faults(said=["a", "b"], kept=kept, tabs=[tab]) == found
