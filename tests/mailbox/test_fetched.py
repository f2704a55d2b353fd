"""FETCH responses in all the shapes servers give them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mailbox.fetched import responses
from mailflow.mailbox.uidset import batches, compact, expand


def body(uid, data):
    return (f"1 (UID {uid} BODY[] {{{len(data)}}}".encode(), data), b")"


@pytest.mark.parametrize(
    "data",
    [
        [(b"1 (UID 7 BODY[] {3}", b"abc"), b")"],
        [(b"1 (BODY[] {3}", b"abc"), b" UID 7)"],
        [(b"1 (FLAGS (UID 9 \\Seen) BODY[] {3}", b"abc"), b" UID 7)"],
        [b'1 (UID 7 BODY[] "abc")'],
        [(b"1 (BODY[HEADER]<0> {3}", b"abc"), b" FLAGS (\\Seen) UID 7)"],
        [b'1 (UID 7 BODY[HEADER]<0> "abc")'],
    ],
)
def test_the_uid_is_found_wherever_the_server_puts_it(data):
    (seen,) = responses(data)
    assert (seen.uid, seen.body) == (7, b"abc")


def test_foreign_responses_between_bodies_stay_apart():
    data = [
        *body(1, b"UID 99"),
        b"2 (FLAGS (\\Seen))",
        *body(3, b")"),
        b"3 (UID 3 FLAGS (\\Deleted))",
        None,
    ]
    assert [(seen.uid, seen.body) for seen in responses(data)] == [
        (1, b"UID 99"),
        (None, None),
        (3, b")"),
        (3, None),
    ]


def test_an_empty_body_is_not_a_missing_one():
    assert [seen.body for seen in responses([b"1 (UID 7 BODY[] NIL)", b'2 (UID 8 BODY[] "")'])] == [b"", b""]
    assert [seen.body for seen in responses([b'1 (UID 7 BODY[] "a\\"b\\\\")'])] == [b'a"b\\']


@pytest.mark.parametrize("stated", [" 1-Nov-2026 08:00:00 +0700", "01-Nov-2026 08:00:00 +0700"])
def test_arrival_is_an_aware_time(stated):
    (seen,) = responses([f'1 (UID 7 RFC822.SIZE 12 INTERNALDATE "{stated}")'.encode()])
    assert seen.received == datetime(2026, 11, 1, 1, tzinfo=UTC)
    assert seen.received.utcoffset() == timedelta(hours=7)
    assert seen.size == 12


def test_an_arrival_in_no_known_zone_is_taken_as_utc_and_nonsense_as_none():
    first, second = responses(
        [b'1 (UID 7 INTERNALDATE "01-Nov-2026 08:00:00 -0000")', b'2 (INTERNALDATE "??")']
    )
    assert first.received == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert second.received is None


@given(st.sets(st.integers(1, 2**32 - 1)) | st.sets(st.integers(1, 60)))
def test_a_uid_set_names_exactly_its_uids(uids):
    written = compact(uids)
    assert set(expand(written)) == uids if uids else written == ""


@given(st.lists(st.integers()), st.integers(1, 9))
def test_batches_lose_nothing_and_keep_the_order(items, size):
    parts = list(batches(items, size))
    assert [item for part in parts for item in part] == items
    assert all(0 < len(part) <= size for part in parts)


@given(st.binary(max_size=400))
def test_no_body_can_pretend_to_be_an_answer(data):
    (seen,) = responses(list(body(7, data)))
    assert (seen.uid, seen.size, seen.body) == (7, None, data)
