"""Merkle trees as in RFC 6962, section 2.1: one digest over many entries, and short proofs.

The root of a tree stands for all its entries in their order. Two kinds of proof need only a few
digests: that an entry is in a tree (*inclusion*), and that a tree begins with all of an earlier one
(*consistency*). Leaves and nodes are digested with different first bytes, so neither can be passed
off as the other.

A tree keeps the roots of its full subtrees, at most one for each power of two: ``O(log n)`` of
memory, whatever the number of entries. Proofs are made in one pass over the entries: the subtrees
that a proof consists of are known beforehand, and do not overlap.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from workorder.canonical import ALGORITHMS, SHA_256, checked_algorithm
from workorder.errors import InvalidInput

Range = tuple[int, int]
"""Entries from one position until just before another, counted from zero."""


def _hasher(algorithm: str) -> Any:
    if algorithm == SHA_256:
        return hashlib.sha256
    return partial(hashlib.new, ALGORITHMS[checked_algorithm(algorithm)])


def leaf_hash(data: bytes, algorithm: str = SHA_256) -> bytes:
    """The digest of an entry: over a zero byte and the entry.

    Raises:
        InvalidInput: ``not_a_choice`` for an algorithm that is not known here.
    """
    found: bytes = _hasher(algorithm)(b"\x00" + data).digest()
    return found


def node_hash(left: bytes, right: bytes, algorithm: str = SHA_256) -> bytes:
    """The digest over two subtrees: over a byte 1 and both of theirs."""
    found: bytes = _hasher(algorithm)(b"\x01" + left + right).digest()
    return found


class MerkleTree:
    """A tree that entries are appended to.

    An entry costs two digests on average, the root ``O(log n)``; so much memory is needed too.

    >>> tree = MerkleTree()
    >>> tree.root().hex()[:16]
    'e3b0c44298fc1c14'
    >>> tree.append(b"")
    >>> tree.size, tree.root().hex()[:16]
    (1, '6e340b9cffb37a98')
    """

    __slots__ = ("_hash", "_roots", "size")

    def __init__(self, algorithm: str = SHA_256) -> None:
        self._hash = _hasher(algorithm)
        self._roots: list[bytes] = []
        self.size = 0

    def append(self, data: bytes) -> None:
        """Add one entry behind the others."""
        found = self._hash(b"\x00" + data).digest()
        size = self.size
        roots = self._roots
        while size & 1:
            found = self._hash(b"\x01" + roots.pop() + found).digest()
            size >>= 1
        roots.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root over all entries so far; of none, the digest of nothing."""
        if not self._roots:
            found: bytes = self._hash(b"").digest()
            return found
        *others, found = self._roots
        for left in reversed(others):
            found = self._hash(b"\x01" + left + found).digest()
        return found


def _split(size: int) -> int:
    """The largest power of two below *size*."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_ranges(index: int, size: int) -> tuple[Range, ...]:
    """The subtrees whose roots prove the entry at *index* of *size*, from the leaf upwards.

    Raises:
        InvalidInput: ``not_a_choice`` where there is no such entry.
    """
    if not 0 <= index < size:
        raise InvalidInput("not_a_choice", name="index", found=index, choices=f"0 … {size - 1}")
    found: list[Range] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            found.append((middle, last))
            last = middle
        else:
            found.append((first, middle))
            first = middle
    return tuple(reversed(found))


def consistency_ranges(before: int, size: int) -> tuple[Range, ...]:
    """The subtrees whose roots prove that a tree of *size* entries begins with one of *before*.

    None at all where there is nothing to prove: for an empty tree and for the same.

    Raises:
        InvalidInput: ``not_a_choice`` when the earlier tree is the larger.
    """
    if not 0 <= before <= size:
        raise InvalidInput("not_a_choice", name="before", found=before, choices=f"0 … {size}")
    found: list[Range] = []
    first, last = 0, size
    whole = True  # the earlier tree is a full subtree here, which its own root stands for
    while 0 < before < last:
        middle = first + _split(last - first)
        if before <= middle:
            found.append((middle, last))
            last = middle
        else:
            found.append((first, middle))
            first = middle
            whole = False
    if before in {0, size}:
        return ()
    if not whole:
        found.append((first, last))
    return tuple(reversed(found))


def subtree_roots(
    entries: Iterable[bytes], ranges: Sequence[Range], algorithm: str = SHA_256
) -> tuple[bytes, ...]:
    """The roots over *ranges* of *entries*, which do not overlap; in one pass, each in the place
    that its range has. Entries behind the last range are not read.

    Raises:
        InvalidInput: ``not_a_choice`` when there are fewer entries than that.
    """
    trees = [MerkleTree(algorithm) for _ in ranges]
    order = sorted(range(len(ranges)), key=lambda number: ranges[number])
    source = iter(entries)
    position = 0
    for number in order:
        first, last = ranges[number]
        tree = trees[number]
        while position < last:
            entry = next(source, None)
            if entry is None:
                raise InvalidInput(
                    "not_a_choice", name="entries", found=position, choices=f"{last} …"
                )
            if position >= first:
                tree.append(entry)
            position += 1
    return tuple(tree.root() for tree in trees)


def inclusion_path(
    entries: Iterable[bytes], index: int, size: int, algorithm: str = SHA_256
) -> tuple[bytes, ...]:
    """The proof that the entry at *index* is in the tree over the first *size* of *entries*.

    One pass over the entries, ``O(log n)`` of memory.
    """
    return subtree_roots(entries, inclusion_ranges(index, size), algorithm)


def consistency_path(
    entries: Iterable[bytes], before: int, size: int, algorithm: str = SHA_256
) -> tuple[bytes, ...]:
    """The proof that the tree over the first *size* of *entries* begins with the one over the first
    *before*. One pass over the entries, ``O(log n)`` of memory.
    """
    return subtree_roots(entries, consistency_ranges(before, size), algorithm)


def verify_inclusion(
    data: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
    root: bytes,
    algorithm: str = SHA_256,
) -> bool:
    """Whether *path* proves that *data* is the entry at *index* of the tree of *size* entries with
    the root *root* (RFC 9162, section 2.1.3.2).
    """
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    found = leaf_hash(data, algorithm)
    for each in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(each, found, algorithm)
            while place and not place & 1:
                place >>= 1
                last >>= 1
        else:
            found = node_hash(found, each, algorithm)
        place >>= 1
        last >>= 1
    return last == 0 and found == root


def verify_consistency(
    before: int,
    size: int,
    root_before: bytes,
    root: bytes,
    path: Sequence[bytes],
    algorithm: str = SHA_256,
) -> bool:
    """Whether *path* proves that the tree of *size* entries with the root *root* begins with all of
    the one of *before* entries with the root *root_before* (RFC 9162, section 2.1.4.2).
    """
    if not 0 <= before <= size:
        return False
    if before == size:
        return not path and root_before == root
    if before == 0:
        return not path and root_before == MerkleTree(algorithm).root()
    steps = list(path)
    if before & (before - 1) == 0:
        steps.insert(0, root_before)
    if not steps:
        return False
    place, last = before - 1, size - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old = new = steps[0]
    for each in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old = node_hash(each, old, algorithm)
            new = node_hash(each, new, algorithm)
            while place and not place & 1:
                place >>= 1
                last >>= 1
        else:
            new = node_hash(new, each, algorithm)
        place >>= 1
        last >>= 1
    return last == 0 and old == root_before and new == root
