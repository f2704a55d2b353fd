"""An SOP of another department, to show that nothing is made for one service only."""

import pytest

from tests.rules.counter import LIBRARY_CARD


@pytest.fixture
def library_card() -> str:
    return LIBRARY_CARD
