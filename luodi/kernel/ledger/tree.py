"""The Merkle tree of RFC 6962 §2.1: hashes, roots, inclusion and consistency proofs, made and verified. Pure.

Hashes are 32 bytes (SHA-256). A *node* is named by level and index: node (l, i) is the root over the leaves from i·2ˡ up to,
not including, (i+1)·2ˡ, all of them there. Whoever makes proofs gives a function ``get(level, index)`` for such nodes;
whatever lies on the ragged right edge is computed from them.

Verifying never raises: a proof holds (``True``) or it does not (``False``). What is malformed does not hold: an index that is
negative or beyond the size, a tree of size 0, a first size above the second, too few or too many nodes, a node, leaf or root of
another length, anything of another type. Indices and sizes may be of any magnitude. Making proofs raises ``ValueError``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache

Node = Callable[[int, int], bytes]  # level, index → hash
HASH_LENGTH = 32
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry: SHA-256 over a zero byte and ``data``.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two nodes: SHA-256 over a byte 1, the left and the right one."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows: its size and its complete subtrees from left to right. Enough to go on and to tell the root."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """``peaks`` are the roots of the complete subtrees, largest first. Raises ``ValueError`` where they do not fit."""
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count() or any(len(p) != HASH_LENGTH for p in self.peaks):
            raise ValueError(f"{len(self.peaks)} peaks do not make a tree of size {size}")

    def append(self, leaf: bytes) -> None:
        """Add the hash of one more leaf. Raises ``ValueError`` where it is none."""
        if len(leaf) != HASH_LENGTH:
            raise ValueError(f"a leaf hash has {HASH_LENGTH} bytes, not {len(leaf)}")
        carried, size = leaf, self.size
        while size & 1:
            carried = node_hash(self.peaks.pop(), carried)
            size >>= 1
        self.peaks.append(carried)
        self.size += 1

    def root(self) -> bytes:
        """The root at this size; of the empty tree, SHA-256 of nothing."""
        if not self.peaks:
            return EMPTY
        *rest, result = self.peaks
        for peak in reversed(rest):
            result = node_hash(peak, result)
        return result


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over leaves given by their hashes (``leaf_hash`` makes them of entries), in bounded memory.

    >>> root([]) == EMPTY, root([leaf_hash(b"a")]) == leaf_hash(b"a")
    (True, True)
    """
    frontier = Frontier()
    for leaf in leaf_hashes:
        frontier.append(leaf)
    return frontier.root()


def nodes_of(leaf_hashes: Sequence[bytes]) -> Node:
    """A ``get`` over leaves held in memory."""

    @cache
    def get(level: int, index: int) -> bytes:
        if level == 0:
            return leaf_hashes[index]
        return node_hash(get(level - 1, 2 * index), get(level - 1, 2 * index + 1))

    return get


def range_root(start: int, stop: int, get: Node) -> bytes:
    """The root over the leaves from ``start`` up to ``stop``, where such a subtree may begin at ``start``."""
    width = stop - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return get(level, start >> level)
    middle = start + _split(width)
    return node_hash(range_root(start, middle, get), range_root(middle, stop, get))


def _split(width: int) -> int:
    """The largest power of two below ``width`` (k in RFC 6962 §2.1)."""
    return 1 << ((width - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, get: Node) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 §2.1.1, from the leaf's sibling upwards, for a leaf's ``index`` from 0.

    ``get`` gives complete nodes (``nodes_of`` makes one of leaf hashes). Raises ``ValueError`` beyond the tree.

    >>> leaves = [leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")]
    >>> proof = inclusion_proof(2, 3, nodes_of(leaves))
    >>> verify_inclusion(leaves[2], 2, 3, proof, root(leaves)), verify_inclusion(leaves[2], 1, 3, proof, root(leaves))
    (True, False)
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of size {size} has no leaf {index}")
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(range_root(middle, stop, get))
            stop = middle
        else:
            path.append(range_root(start, middle, get))
            start = middle
    return path[::-1]


def consistency_proof(first: int, second: int, get: Node) -> list[bytes]:
    """PROOF(first, D[second]) of RFC 6962 §2.1.2; empty at equal sizes. Raises ``ValueError`` unless 0 < first ≤ second.

    >>> leaves = [leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")]
    >>> proof = consistency_proof(2, 3, nodes_of(leaves))
    >>> verify_consistency(2, 3, root(leaves[:2]), root(leaves), proof)
    True
    """
    if not 0 < first <= second:
        raise ValueError(f"there is no consistency proof from size {first} to size {second}")
    path: list[bytes] = []
    start, stop, is_whole = 0, second, True
    while first < stop:
        middle = start + _split(stop - start)
        if first <= middle:
            path.append(range_root(middle, stop, get))
            stop = middle
        else:
            path.append(range_root(start, middle, get))
            start, is_whole = middle, False
    if not is_whole:
        path.append(range_root(start, stop, get))
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes] | None, expected: bytes
) -> bool:
    """Whether ``proof`` shows that a leaf is at ``index`` (from 0) in the tree of ``size`` whose root is ``expected``.

    ``leaf`` is the leaf's hash. ``proof`` runs from its sibling up to the root's child; ``None`` is an empty one, as the JSON of
    some tools has it.
    """
    path = _path(proof)
    if path is None or not _are_numbers(index, size) or not _are_hashes(leaf, expected):
        return False
    if not 0 <= index < size:
        return False
    inner = (index ^ (size - 1)).bit_length()
    if len(path) != inner + (index >> inner).bit_count():
        return False
    result = leaf
    for level, sibling in enumerate(path):
        # above ``inner`` the path runs along the right edge, where every sibling stands to the left
        is_left = level >= inner or index >> level & 1
        result = node_hash(sibling, result) if is_left else node_hash(result, sibling)
    return result == expected


def verify_consistency(
    first_size: int,
    second_size: int,
    first_root: bytes,
    second_root: bytes,
    proof: Sequence[bytes] | None,
) -> bool:
    """Whether ``proof`` shows that the tree of ``second_size`` begins with the tree of ``first_size``.

    RFC 6962 knows such proofs for 0 < first ≤ second only: of the empty tree nothing is shown, so size 0 never holds. At equal
    sizes the proof is empty and the roots are the same bytes; no more is asked of them. ``None`` is an empty proof.
    """
    path = _path(proof)
    if path is None or not _are_numbers(first_size, second_size) or not 0 < first_size <= second_size:
        return False
    if first_size == second_size:
        return not path and isinstance(first_root, bytes) and first_root == second_root
    if not path or not _are_hashes(first_root, second_root):
        return False
    shift = (first_size & -first_size).bit_length() - 1
    # a first tree that is one complete subtree is where the path begins; else the proof says where
    seed = first_root if first_size == 1 << shift else path.pop(0)
    inner = ((first_size - 1) ^ (second_size - 1)).bit_length() - shift
    index = (first_size - 1) >> shift
    if len(path) != inner + (index >> inner).bit_count():
        return False
    old = new = seed
    for level, sibling in enumerate(path):
        if level >= inner or index >> level & 1:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
    return old == first_root and new == second_root


def _path(proof: object) -> list[bytes] | None:
    """The nodes of a proof; ``None`` where it is no list of hashes."""
    if proof is None:
        return []
    return list(proof) if isinstance(proof, list | tuple) and _are_hashes(*proof) else None


def _are_hashes(*values: object) -> bool:
    return all(isinstance(value, bytes) and len(value) == HASH_LENGTH for value in values)


def _are_numbers(*values: object) -> bool:
    # True and False are ints to Python, and no index to anybody
    return all(type(value) is int for value in values)
