"""Sealing: only the right key opens, lengths say nothing, a changed box is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.privacy.sealing import (
    CannotOpen,
    Cost,
    WrongPassphrase,
    new_keypair,
    new_passphrase,
    open_box,
    recovery_words,
    seal,
    unwrap,
    wrap,
)

CHEAP = Cost(1, 8 * 1024 * 1024)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.text(max_size=10), st.text(max_size=200) | st.lists(st.text(max_size=20), max_size=3), max_size=5
    )
)
def test_what_is_sealed_opens_again(plain: dict[str, object]) -> None:
    first, second = new_keypair(), new_keypair()
    boxes = seal(plain, [first.public, second.public])
    assert [open_box(box, pair.private) for (_, box), pair in zip(boxes, (first, second), strict=True)] == [
        plain,
        plain,
    ]


def test_the_length_says_nothing_and_the_text_is_not_there() -> None:
    pair = new_keypair()
    [(_, short)], [(_, longer)] = seal({"a": "x"}, [pair.public]), seal({"a": "Oksana " * 60}, [pair.public])
    assert len(short) == len(longer) == 1024 + 48
    assert b"Oksana" not in longer


def test_a_stranger_and_a_changed_box_are_refused() -> None:
    pair = new_keypair()
    [(_, box)] = seal({"name": "x"}, [pair.public])
    with pytest.raises(CannotOpen):
        open_box(box, new_keypair().private)
    for at in (0, 40, len(box) - 1):
        with pytest.raises(CannotOpen):
            open_box(box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :], pair.private)


def test_a_wrapped_key_opens_only_with_its_passphrase() -> None:
    pair, passphrase = new_keypair(), new_passphrase("en")
    wrapped = wrap(pair.private, passphrase, CHEAP)
    assert pair.private not in wrapped
    assert unwrap(wrapped, passphrase) == pair.private
    with pytest.raises(WrongPassphrase):
        unwrap(wrapped, "one two three four five")


def test_recovery_is_24_words() -> None:
    assert len(recovery_words(new_keypair().private).split()) == 24
