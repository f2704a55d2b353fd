"""What the database file shows to somebody who steals it."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.store.sealed import Keyring

KEY = base64.urlsafe_b64encode(b"kkkk" * 7 + b"unci").decode()
RING, OTHER = Keyring.from_text(KEY), Keyring.from_text(base64.urlsafe_b64encode(bytes(range(32))).decode())


@given(st.binary(max_size=3000))
def test_what_was_sealed_is_opened_again(plain):
    assert RING.open(RING.seal(plain)) == plain


@given(st.binary(min_size=8, max_size=400))
def test_nothing_of_it_shows_and_no_two_sealings_are_alike(plain):
    one, two = RING.seal(plain), RING.seal(plain)
    assert one != two
    assert plain not in one


@given(st.binary(min_size=1, max_size=300), st.integers(0, 10_000), st.integers(1, 255))
def test_one_changed_byte_is_noticed(plain, place, by):
    sealed = bytearray(RING.seal(plain))
    sealed[place % len(sealed)] ^= by
    with pytest.raises(ValueError, match=r"store\.key|backup"):
        RING.open(bytes(sealed))


def test_another_key_opens_nothing_and_says_what_to_do():
    with pytest.raises(ValueError, match=r"store\.key"):
        OTHER.open(RING.seal(b"x"))


def test_look_ups_depend_on_the_key_and_the_value():
    assert RING.index("a") == RING.index(b"a")
    assert len({RING.index("a"), RING.index("b"), OTHER.index("a"), RING.token("a")}) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "!" * 44,
        base64.urlsafe_b64encode(b"k" * 31).decode(),
        base64.urlsafe_b64encode(b"k" * 33).decode(),
    ],
)
def test_a_key_of_another_length_is_refused_with_the_remedy(text):
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring.from_text(text)


def test_a_key_of_equal_bytes_is_refused_as_no_secret():
    with pytest.raises(ValueError, match=r"store\.key: 32 equal bytes"):
        Keyring.from_text(base64.urlsafe_b64encode(bytes(32)).decode())


def test_a_key_is_read_with_and_without_padding_and_line_end():
    assert Keyring.from_text(KEY.rstrip("=") + "\n").index("a") == RING.index("a")


def test_a_keyring_never_shows_its_keys():
    assert "kkkk" not in repr(RING)
    assert repr(RING._index) not in repr(RING)
