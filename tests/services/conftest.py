import pytest

from tests.services.desk import Desk
from tests.support import forms
from tests.support.counter import BUDI, DEWI, RINA, Counter
from tests.support.letters import SITI

STAFF = (SITI, forms.AGUS, forms.MAYA)


@pytest.fixture(params=["id", "en"])
def language(request):
    return request.param


@pytest.fixture
def desk(tmp_path, language):
    with Counter(tmp_path, officers=RINA + DEWI, undo=0, staff=STAFF) as counter:
        yield Desk(counter, language)


@pytest.fixture
def busy_desk(tmp_path, language):
    """Two officers."""
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, undo=0, staff=STAFF) as counter:
        yield Desk(counter, language)
