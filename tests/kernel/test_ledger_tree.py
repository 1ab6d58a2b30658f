"""Laws of the Merkle tree (RFC 6962 §2.1): what is proved holds, and what was changed anywhere does not."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luodi.kernel.ledger.tile_paths import WIDTH, level_size, levels, tile_path, tiles_between
from luodi.kernel.ledger.tree import (
    EMPTY,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    nodes_of,
    range_root,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.kernel.rfc_proofs import root_of, roots_of

LEAVES = [leaf_hash(n.to_bytes(2, "big")) for n in range(300)]
GET = nodes_of(LEAVES)
sizes = st.integers(1, len(LEAVES))


def recursive(leaves: list[bytes]) -> bytes:
    """MTH, as RFC 6962 writes it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(recursive(leaves[:k]), recursive(leaves[k:]))


def test_roots_are_those_of_the_rfc() -> None:
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for size in range(70):
        assert root(LEAVES[:size]) == recursive(LEAVES[:size])
        assert size == 0 or range_root(0, size, GET) == recursive(LEAVES[:size])


def test_every_leaf_of_every_small_tree_is_proved_and_no_other() -> None:
    for size in range(1, 34):
        top = root(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(index, size, GET)
            for claimed in range(size + 1):
                assert verify_inclusion(LEAVES[index], claimed, size, proof, top) is (claimed == index)


def test_between_all_prefixes_growth_is_proved() -> None:
    for second in range(1, 66):
        new = root(LEAVES[:second])
        for first in range(1, second + 1):
            proof = consistency_proof(first, second, GET)
            assert verify_consistency(first, second, root(LEAVES[:first]), new, proof)
            assert first == second or not verify_consistency(
                first, second, root(LEAVES[1 : first + 1]), new, proof
            )


@given(sizes, st.data())
def test_any_changed_byte_of_an_inclusion_proof_fails(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    parts = [LEAVES[index], root(LEAVES[:size]), *inclusion_proof(index, size, GET)]
    changed = data.draw(_one_byte_changed(parts))
    assert not verify_inclusion(changed[0], index, size, changed[2:], changed[1])


@given(sizes, sizes, st.data())
def test_any_changed_byte_of_a_consistency_proof_fails(a: int, b: int, data: st.DataObject) -> None:
    first, second = sorted((a, b))
    parts = [root(LEAVES[:first]), root(LEAVES[:second]), *consistency_proof(first, second, GET)]
    changed = data.draw(_one_byte_changed(parts))
    assert not verify_consistency(first, second, changed[0], changed[1], changed[2:])


@st.composite
def _one_byte_changed(draw: st.DrawFn, parts: list[bytes]) -> list[bytes]:
    which = draw(st.integers(0, len(parts) - 1))
    at = draw(st.integers(0, 31))
    flip = draw(st.integers(1, 255))
    raw = bytearray(parts[which])
    raw[at] ^= flip
    return [*parts[:which], bytes(raw), *parts[which + 1 :]]


@given(sizes, st.data())
def test_too_few_or_too_many_nodes_fail(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(index, size, GET), root(LEAVES[:size])
    extra = data.draw(st.sampled_from([bytes(32), top, LEAVES[index]]))
    for malformed in (proof[:-1] if proof else [extra], [*proof, extra], [extra, *proof], [*proof, b""]):
        assert not verify_inclusion(LEAVES[index], index, size, malformed, top)
    assert not verify_inclusion(LEAVES[index][:-1], index, size, proof, top)
    assert not verify_inclusion(LEAVES[index], index, size, proof, b"")
    assert not verify_inclusion(LEAVES[index], size, size, proof, top)
    assert not verify_inclusion(LEAVES[index], -1, size, proof, top)


@given(sizes, sizes, st.data())
def test_malformed_growth_fails(a: int, b: int, data: st.DataObject) -> None:
    first, second = sorted((a, b))
    assume(first < second)
    old, new = root(LEAVES[:first]), root(LEAVES[:second])
    proof = consistency_proof(first, second, GET)
    extra = data.draw(st.sampled_from([bytes(32), old, new]))
    for malformed in (proof[:-1], [], [*proof, extra], [extra, *proof], [*proof[:-1], b"x"]):
        assert not verify_consistency(first, second, old, new, malformed)
    assert not verify_consistency(second, first, new, old, proof)
    assert not verify_consistency(second, second, new, new, proof)
    assert verify_consistency(second, second, new, new, [])


@pytest.mark.parametrize("proof", [[], [bytes(32)], [EMPTY]])
def test_nothing_is_proved_of_the_empty_tree(proof: list[bytes]) -> None:
    assert not verify_inclusion(LEAVES[0], 0, 0, proof, EMPTY)
    assert not verify_consistency(0, 5, EMPTY, root(LEAVES[:5]), proof)
    assert not verify_consistency(0, 0, EMPTY, EMPTY, proof)
    with pytest.raises(ValueError):
        consistency_proof(0, 5, GET)
    with pytest.raises(ValueError):
        inclusion_proof(0, 0, GET)


def test_the_standard_s_own_steps_come_to_the_same() -> None:
    for size in range(1, 40):
        for index in range(size):
            path = inclusion_proof(index, size, GET)
            assert root_of(LEAVES[index], index, size, path) == root(LEAVES[:size])
        for first in range(1, size):
            path = consistency_proof(first, size, GET)
            assert roots_of(root(LEAVES[:first]), first, size, path) == (
                root(LEAVES[:first]),
                root(LEAVES[:size]),
            )


hashes = st.sampled_from([*LEAVES[:4], bytes(32), EMPTY])
# from no tree at all to trees larger than any number of 64 bits
numbers = st.one_of(
    st.integers(-2, 70), st.integers(0, 1 << 70), st.sampled_from([(1 << 63) - 1, 1 << 63, (1 << 64) - 1])
)


@given(numbers, numbers, hashes, st.lists(hashes, max_size=80), st.booleans())
def test_a_path_holds_exactly_where_the_standard_says_so(
    index: int, size: int, leaf: bytes, path: list[bytes], cut: bool
) -> None:
    """Paths of any length, most of them wrong; cut to the right one, they lead to some root."""
    if cut and 0 <= index < size:
        path = path[: _length(index, size)]
    top = root_of(leaf, index, size, path)
    assert verify_inclusion(leaf, index, size, path, top or EMPTY) is (top is not None)
    if top is not None:
        assert not verify_inclusion(leaf, index, size, path, leaf_hash(top))


def _length(index: int, size: int) -> int:
    return next(n for n in range(200) if root_of(EMPTY, index, size, [EMPTY] * n) is not None)


@given(sizes, sizes, st.integers(-1, 3), st.integers(-1, 3), st.data())
def test_growth_holds_exactly_where_the_standard_says_so(
    a: int, b: int, less: int, more: int, data: st.DataObject
) -> None:
    """Of proofs that were made, then bent: other sizes, nodes dropped, doubled, in another order."""
    first, second = sorted((a, b))
    assume(first < second)
    path = consistency_proof(first, second, GET)
    bent = data.draw(st.sampled_from([path, path[1:], path[:-1], path * 2, path[::-1], [*path, EMPTY]]))
    claimed = (first - less, second + more)
    wanted = roots_of(root(LEAVES[:first]), *claimed, bent) == (root(LEAVES[:first]), root(LEAVES[:second]))
    assert verify_consistency(*claimed, root(LEAVES[:first]), root(LEAVES[:second]), bent) is wanted


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    hashes,
    st.lists(hashes | st.text()),
)


@given(anything, anything, anything, anything, anything)
def test_verifying_never_raises_whatever_it_is_given(
    a: object, b: object, c: object, d: object, e: object
) -> None:
    for verdict in (verify_inclusion(a, b, c, d, e), verify_consistency(a, b, c, d, e)):  # type: ignore[arg-type]
        assert verdict in (True, False)


@pytest.mark.parametrize("wrong", [None, "0", 0.0, False, b"0", [0]])
def test_what_is_of_another_type_does_not_hold(wrong: object) -> None:
    leaf = LEAVES[0]
    assert verify_inclusion(leaf, 0, 1, [], leaf)
    assert not verify_inclusion(leaf, wrong, 1, [], leaf)  # type: ignore[arg-type]
    assert not verify_inclusion(leaf, 0, True, [], leaf)
    assert not verify_inclusion(wrong, 0, 1, [], wrong)  # type: ignore[arg-type]
    assert not verify_inclusion(leaf, 0, 1, leaf, leaf)  # type: ignore[arg-type]
    assert not verify_inclusion(leaf.hex(), 0, 1, [], leaf.hex())  # type: ignore[arg-type]
    # of trees of one size nothing is asked but whether the roots are the same bytes
    assert verify_consistency(1, 1, wrong, wrong, []) is isinstance(wrong, bytes)  # type: ignore[arg-type]
    assert not verify_consistency(1, 2, leaf, root(LEAVES[:2]), [wrong])  # type: ignore[list-item]


def test_no_list_is_an_empty_one() -> None:
    assert verify_inclusion(LEAVES[0], 0, 1, None, LEAVES[0])
    assert verify_consistency(1, 1, LEAVES[0], LEAVES[0], None)
    assert not verify_consistency(1, 2, LEAVES[0], root(LEAVES[:2]), None)


def test_a_frontier_goes_on_where_another_stopped() -> None:
    for size in range(40):
        first = Frontier()
        for leaf in LEAVES[:size]:
            first.append(leaf)
        second = Frontier(first.size, first.peaks)
        second.append(LEAVES[size])
        assert second.root() == root(LEAVES[: size + 1])
    with pytest.raises(ValueError):
        Frontier(3, [bytes(32)])
    with pytest.raises(ValueError):
        Frontier().append(b"short")


def test_tiles_are_those_of_the_standard_s_example() -> None:
    made = {level: list(tiles_between(level, 0, 70_000)) for level in levels(70_000)}
    assert [len(tiles) for tiles in made.values()] == [274, 2, 1]
    assert [tiles[-1][1] for tiles in made.values()] == [112, 17, 1]
    assert {level: list(tiles_between(level, 0, 256)) for level in levels(256)} == {
        0: [(0, 256)],
        1: [(0, 1)],
    }
    assert list(levels(0)) == []
    assert tile_path(1, 0, 17) == "tile/1/000.p/17"
    assert tile_path(0, 273, 112) == "tile/0/273.p/112"


@given(st.integers(0, 200_000), st.integers(0, 3_000))
def test_growing_in_two_steps_writes_what_growing_in_one_does(old: int, more: int) -> None:
    new = old + more
    for level in levels(new):
        wanted = dict(tiles_between(level, 0, new))
        grown = dict(tiles_between(level, 0, old))
        grown.update(tiles_between(level, old, new))
        assert grown == wanted
        assert sum(wanted.values()) == level_size(level, new)
        assert all(width == WIDTH for width in list(wanted.values())[:-1])
