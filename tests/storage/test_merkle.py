"""Merkle trees against the published vectors, and against the definition written out."""

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.canonical import available
from workorder.errors import InvalidInput
from workorder.storage.merkle import (
    MerkleTree,
    consistency_path,
    consistency_ranges,
    inclusion_path,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    subtree_roots,
    verify_consistency,
    verify_inclusion,
)

LEAVES = tuple(
    map(
        bytes.fromhex,
        (
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ),
    )
)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ROOTS = (
    EMPTY,
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def split(size: int) -> int:
    """The largest power of two below *size*."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def mth(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = split(len(entries))
    return sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def path(m: int, entries: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def subproof(m: int, entries: list[bytes], *, whole: bool = True) -> list[bytes]:
    """SUBPROOF of section 2.1.2."""
    if m == len(entries):
        return [] if whole else [mth(entries)]
    k = split(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], whole=whole), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], whole=False), mth(entries[:k])]


entries_of = st.lists(st.binary(max_size=3), max_size=70)


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_reference_implementation(size: int) -> None:
    """The roots of zero to eight leaves are the published ones."""
    tree = MerkleTree()
    for each in LEAVES[:size]:
        tree.append(each)
    assert (tree.size, tree.root().hex()) == (size, ROOTS[size])


def node(first: int, last: int) -> bytes:
    """The root over the leaves ``d[first]`` to ``d[last - 1]`` of the seven."""
    return mth(list(LEAVES[first:last]))


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, [(1, 2), (2, 4), (4, 7)]),  # [b, h, l]
        (3, [(2, 3), (0, 2), (4, 7)]),  # [c, g, l]
        (4, [(5, 6), (6, 7), (0, 4)]),  # [f, j, k]
        (6, [(4, 6), (0, 4)]),  # [i, k]
    ],
)
def test_paths_of_the_seven_leaves(index: int, expected: list[tuple[int, int]]) -> None:
    """The audit paths of the example in section 2.1.3 are made of the nodes named there."""
    found = inclusion_path(LEAVES, index, 7)
    assert list(found) == [node(*each) for each in expected]
    assert verify_inclusion(LEAVES[index], index, 7, found, bytes.fromhex(ROOTS[7]))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (3, [(2, 3), (3, 4), (0, 2), (4, 7)]),  # [c, d, g, l]
        (4, [(4, 7)]),  # [l]
        (6, [(4, 6), (6, 7), (0, 4)]),  # [i, j, k]
    ],
)
def test_consistency_of_the_seven_leaves(before: int, expected: list[tuple[int, int]]) -> None:
    """So are the consistency proofs from hash0, hash1 and hash2 of that example."""
    found = consistency_path(LEAVES, before, 7)
    assert list(found) == [node(*each) for each in expected]
    roots = bytes.fromhex(ROOTS[before]), bytes.fromhex(ROOTS[7])
    assert verify_consistency(before, 7, *roots, found)


@given(entries_of)
def test_the_root_is_that_of_the_definition(entries: list[bytes]) -> None:
    """However many entries are appended, the root is what the definition makes of them."""
    tree = MerkleTree()
    for size, each in enumerate(entries):
        assert tree.root() == mth(entries[:size])
        tree.append(each)
    assert tree.root() == mth(entries)


@given(entries_of.filter(bool), st.data())
def test_inclusion_is_proved_and_nothing_else(entries: list[bytes], data: st.DataObject) -> None:
    """The path is that of the definition; with another entry, place, size or root it proves
    nothing.
    """
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    found = inclusion_path(iter([*entries, b"later"]), index, size)
    root = mth(entries)
    assert list(found) == path(index, entries)
    assert verify_inclusion(entries[index], index, size, found, root)
    assert not verify_inclusion(entries[index] + b"x", index, size, found, root)
    assert not verify_inclusion(entries[index], index, size, found, mth([root]))
    assert not verify_inclusion(entries[index], index, size, (*found, root), root)
    assert not verify_inclusion(entries[index], size, size, found, root)
    assert not verify_inclusion(entries[index], -1, size, found, root)
    if found:
        assert not verify_inclusion(entries[index], index, size, found[:-1], root)
        changed = data.draw(st.integers(0, len(found) - 1))
        broken = [bytes(32) if n == changed else each for n, each in enumerate(found)]
        assert not verify_inclusion(entries[index], index, size, broken, root)


@given(entries_of, st.data())
def test_consistency_is_proved_and_nothing_else(entries: list[bytes], data: st.DataObject) -> None:
    """The proof is that of the definition; with another root on either side it proves nothing."""
    size = len(entries)
    before = data.draw(st.integers(0, size))
    found = consistency_path(iter(entries), before, size)
    roots = mth(entries[:before]), mth(entries)
    assert list(found) == (subproof(before, entries) if before else [])
    assert verify_consistency(before, size, *roots, found)
    assert not verify_consistency(before, size, roots[0], bytes(32), found) or before == 0
    assert not verify_consistency(before, size, bytes(32), roots[1], found)
    assert not verify_consistency(before, size, *roots, (*found, bytes(32)))
    assert not verify_consistency(size + 1, size, *roots, found)
    if found:
        assert not verify_consistency(before, size, *roots, found[:-1])
        changed = data.draw(st.integers(0, len(found) - 1))
        broken = [bytes(32) if n == changed else each for n, each in enumerate(found)]
        assert not verify_consistency(before, size, *roots, broken)


@given(st.integers(1, 10**12), st.data())
def test_proofs_are_short(size: int, data: st.DataObject) -> None:
    """A proof has no more parts than the size has binary digits, one more for consistency; they do
    not overlap.
    """
    index = data.draw(st.integers(0, size - 1))
    for found, most in (
        (inclusion_ranges(index, size), size.bit_length()),
        (consistency_ranges(index, size), size.bit_length() + 1),
    ):
        assert len(found) <= most
        ordered = sorted(found)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered))


def test_a_tree_keeps_few_digests() -> None:
    """After a thousand entries a tree keeps as many digests as the number has ones."""
    tree = MerkleTree()
    for number in range(1_000):
        tree.append(number.to_bytes(2))
    assert len(tree._roots) == (1_000).bit_count()


def test_wrong_questions() -> None:
    """A place outside the tree, an earlier tree that is larger, entries that end too early."""
    for ask in (
        lambda: inclusion_ranges(7, 7),
        lambda: inclusion_ranges(-1, 7),
        lambda: consistency_ranges(8, 7),
        lambda: subtree_roots([b"a"], [(0, 2)]),
    ):
        with pytest.raises(InvalidInput) as refused:
            ask()
        assert refused.value.code == "not_a_choice"


def test_leaves_and_nodes_differ() -> None:
    """A node cannot be passed off as a leaf that holds the two digests."""
    one, other = leaf_hash(b"a"), leaf_hash(b"b")
    assert node_hash(one, other) != leaf_hash(one + other)


def test_by_another_algorithm() -> None:
    """With SM3 the same structure gives other digests; an unknown algorithm is refused."""
    if available("sm3"):
        tree = MerkleTree("sm3")
        for each in LEAVES:
            tree.append(each)
        found = inclusion_path(LEAVES, 5, 8, "sm3")
        assert verify_inclusion(LEAVES[5], 5, 8, found, tree.root(), "sm3")
        assert not verify_inclusion(LEAVES[5], 5, 8, found, tree.root())
        assert tree.root().hex() != ROOTS[8]
    with pytest.raises(InvalidInput):
        MerkleTree("md5")
