"""Stores with a fault planted on purpose: each fails its own check of the kit, and no other."""

from collections.abc import Mapping

import pytest

from tests.planted.stores import (
    committing,
    finding,
    lending,
    racing,
    receiving,
    recording,
    sealing,
    sending,
)
from tests.planted.stores.finding import AskedStore
from tests.planted.stores.parted import PartedStore
from workorder import MemoryStore
from workorder.testing import BY_NAME, check_store

Fault = type[MemoryStore]

FAULTS: Mapping[Fault, tuple[str, ...]] = {
    committing.LostUpdate: (
        "conflict.two_writers_never_both_pass",
        "conflict.any_other_version",
        "conflict.the_command_is_free_to_try_again",
    ),
    committing.InsertOrReplace: (
        "conflict.refusals_are_answers",
        "conflict.any_other_version",
    ),
    committing.CountIgnored: ("conflict.a_missing_ticket_is_at_version_zero",),
    committing.FirstVersionOnly: (
        "commit.nothing_at_a_conflict",
        "commit.the_order_of_answers",
        "sealed.a_refused_batch_erases_nothing",
    ),
    committing.HalfABatch: (
        "commit.nothing_at_a_conflict",
        "history.nothing_of_what_was_refused",
    ),
    committing.KeepsRefusedRecords: ("commit.nothing_at_a_conflict",),
    committing.KeepsRefusedSealed: ("commit.nothing_at_a_conflict",),
    committing.SendsRefusedMessages: ("outbox.only_with_the_commit",),
    committing.ReservesForRefused: ("capacity.no_capacity_for_what_is_refused",),
    committing.ErasesForRefused: ("sealed.a_refused_batch_erases_nothing",),
    committing.ConflictBeforeRepeat: (
        "repeat.also_when_the_ticket_moved_on",
        "commit.the_order_of_answers",
    ),
    committing.OpeningTwiceConflicts: ("repeat.opening_twice",),
    committing.CapacityFirst: ("commit.the_order_of_answers",),
    committing.RepeatInFirstOnly: (
        "commit.nothing_at_a_repeat",
        "commit.the_order_of_answers",
    ),
    committing.ConflictNamesExpected: (
        "conflict.refusals_are_answers",
        "conflict.any_other_version",
    ),
    committing.ConflictNamesLast: ("conflict.the_first_of_the_batch_is_named",),
    receiving.ForgetsOnConflict: (
        "commit.nothing_at_a_conflict",
        "history.nothing_of_what_was_refused",
        "sealed.a_refused_batch_erases_nothing",
        "outbox.only_with_the_commit",
        "capacity.no_capacity_for_what_is_refused",
    ),
    receiving.RemembersRefused: ("conflict.the_command_is_free_to_try_again",),
    receiving.OneCommandPerStore: (
        "conflict.other_tickets_are_not_in_the_way",
        "repeat.only_the_records_of_its_change",
        "history.records_in_order",
        "history.the_log_has_the_order_of_commits",
        "timer.timers_that_changed",
        "query.fields_follow_the_ticket",
    ),
    receiving.ReceiptOfNow: (
        "repeat.the_first_receipt_comes_back",
        "text.command_ids_are_kept_apart",
        "sealed.digests_of_earlier_receipts_are_emptied",
    ),
    receiving.RepeatWithoutRecords: ("repeat.opening_twice",),
    receiving.HundredRecords: ("limit.many_records",),
    receiving.FirstMarkOnly: ("commit.several_commands_in_one_change",),
    receiving.FiftyReceipts: ("repeat.after_many_commits",),
    receiving.LastDigest: ("repeat.the_digest_is_the_first_one",),
    receiving.CutCommandIds: ("text.long_ids",),
    receiving.CachedTickets: (
        "commit.many_tickets",
        "query.found_as_they_stand",
    ),
    receiving.CachedReceipts: ("load.receipts_that_come_later",),
    receiving.AllReceipts: (
        "load.receipts_that_were_asked_about",
        "commit.a_batch_is_written_whole",
        "sealed.digests_of_earlier_receipts_are_emptied",
        "sealed.its_own_digest_stays",
    ),
    receiving.ThousandIds: ("load.many_at_once",),
    receiving.HeadLost: (
        "bytes.snapshots",
        "load.what_was_committed",
        "limit.large_tickets",
    ),
    recording.RecordsAsJson: (
        "bytes.records_of_history",
        "commit.a_batch_is_written_whole",
        "limit.large_records",
        "history.records_in_order",
        "history.equal_bytes_are_several",
    ),
    recording.SnapshotsAsJson: (
        "bytes.snapshots",
        "load.what_was_committed",
        "limit.large_tickets",
    ),
    recording.RecordsByCommand: (
        "history.records_in_order",
        "history.records_in_pages",
        "history.more_than_nine_records",
    ),
    recording.SequenceAsText: ("history.more_than_nine_records",),
    recording.RecordsFrom: (
        "history.records_in_pages",
        "commit.a_batch_is_written_whole",
    ),
    recording.RecordsUnlimited: ("history.records_in_pages",),
    recording.VersionNotKept: (
        "history.records_in_pages",
        "commit.a_batch_is_written_whole",
        "history.records_in_order",
        "history.equal_bytes_are_several",
    ),
    recording.EqualBytesOnce: ("history.equal_bytes_are_several",),
    recording.BatchByTicket: ("history.the_log_has_the_order_of_commits",),
    recording.LogFrom: ("history.the_log_in_pages",),
    recording.LogOneMore: ("history.the_log_in_pages",),
    recording.LogCountsThePage: ("history.the_log_in_pages",),
    recording.LogCountsCommits: (
        "history.the_log_in_pages",
        "history.positions_rise_and_stay",
    ),
    recording.PositionsInBlocks: ("history.the_order_over_connections",),
    recording.IdsFrom: ("history.ids_in_pages",),
    recording.IdsUnsorted: ("history.ids_by_code_point",),
    recording.IdsAsWords: (
        "history.ids_by_code_point",
        "history.ids_in_pages",
    ),
    recording.IdsOneMore: ("history.ids_in_pages",),
    recording.IdsFromHistory: ("history.ids_without_records",),
    sealing.SealedByRef: ("sealed.what_was_asked_for",),
    sealing.SealedCut: ("limit.long_texts",),
    sealing.SaltTrimmed: ("bytes.salts",),
    sealing.RevealsAll: ("sealed.what_was_asked_for",),
    sealing.RevealsFromCache: (
        "sealed.erased_values_are_gone",
        "text.references_are_kept_apart",
    ),
    sealing.EverythingIsNoRef: (
        "sealed.everything_is_everything",
        "sealed.its_own_values_stay",
        "tenant.the_other_stays_as_it_was",
    ),
    sealing.ErasesEverything: (
        "sealed.erased_values_are_gone",
        "text.references_are_kept_apart",
    ),
    sealing.ErasesFirstRef: (
        "sealed.erased_values_are_gone",
        "sealed.its_own_values_stay",
    ),
    sealing.ErasesOthers: ("sealed.other_tickets_stay_as_they_are",),
    sealing.ErasesAfterwards: ("sealed.its_own_values_stay",),
    sealing.DigestsStay: ("sealed.digests_of_earlier_receipts_are_emptied",),
    sealing.OwnDigestGoes: ("sealed.its_own_digest_stays",),
    sealing.DigestsOfOthersGo: ("sealed.other_tickets_stay_as_they_are",),
    sealing.ReceiptsGo: ("sealed.digests_of_earlier_receipts_are_emptied",),
    sealing.ErasesByPattern: ("text.references_are_kept_apart",),
    sealing.ErasesForAllTenants: ("tenant.the_other_stays_as_it_was",),
    sealing.DigestsElsewhereStay: ("sealed.digests_of_the_appealed_ticket",),
    sending.OneMessagePerTopic: ("outbox.equal_messages_are_several",),
    sending.MessagesByTicket: ("outbox.the_order_of_commits",),
    sending.ForgetsWhenRead: (
        "outbox.again_until_taken",
        "outbox.the_order_of_commits",
        "outbox.at_most_the_limit",
        "outbox.taken_are_forgotten",
        "outbox.positions_are_never_used_again",
        "outbox.equal_messages_are_several",
        "outbox.many_messages",
        "tenant.everything_is_apart",
    ),
    sending.TakenByCount: ("outbox.taken_are_forgotten",),
    sending.TakenUpTo: (
        "outbox.taken_are_forgotten",
        "outbox.equal_messages_are_several",
    ),
    sending.PositionsUsedAgain: ("outbox.positions_are_never_used_again",),
    sending.AllPending: ("outbox.at_most_the_limit",),
    sending.FirstIsFree: ("capacity.too_much_at_first",),
    sending.FirstLimitStays: ("capacity.the_limit_of_the_batch",),
    sending.EachAlone: ("capacity.together_in_a_batch",),
    sending.UsedOfTheFirst: ("capacity.what_is_used",),
    sending.UsedCountsRefused: ("capacity.what_is_used",),
    sending.NothingGivenBack: (
        "capacity.given_back",
        "capacity.together_in_a_batch",
        "capacity.more_given_back_than_taken",
    ),
    sending.NeverBelowZero: ("capacity.more_given_back_than_taken",),
    sending.CutAgents: ("text.long_ids",),
    sending.OneAgentForAll: (
        "capacity.agents_are_apart",
        "text.agents_are_kept_apart",
        "capacity.the_whole_batch_is_refused",
        "crash.a_ticket_that_breaks",
        "crash.a_list_that_breaks",
        "text.long_ids",
    ),
    lending.LentTwice: (
        "timer.not_lent_twice",
        "text.workers_are_kept_apart",
        "timer.lent_ones_take_no_place",
        "timer.a_lease_ends_at_its_instant",
        "timer.given_back_it_is_free",
        "timer.only_its_own",
        "text.long_ids",
    ),
    lending.EndsEarly: (
        "timer.a_lease_ends_at_its_instant",
        "timer.not_lent_twice",
    ),
    lending.NeverExpires: (
        "timer.a_lease_ends_at_its_instant",
        "timer.only_its_own",
        "timer.timers_that_changed",
        "timer.a_commit_ends_no_lease",
        "timer.in_any_zone",
    ),
    lending.ExpiresLate: (
        "timer.a_lease_ends_at_its_instant",
        "timer.only_its_own",
        "timer.timers_that_changed",
        "timer.a_commit_ends_no_lease",
    ),
    lending.DueEarly: (
        "timer.due_at_its_instant",
        "timer.not_lent_twice",
        "timer.to_the_microsecond",
    ),
    lending.ClaimsInAnyOrder: (
        "timer.the_earliest_first",
        "timer.due_at_its_instant",
        "timer.at_most_the_limit",
        "timer.timers_that_changed",
    ),
    lending.TiesUnbroken: (
        "timer.the_earliest_first",
        "timer.given_back_it_is_free",
        "timer.a_commit_ends_no_lease",
    ),
    lending.ClaimsOneMore: (
        "timer.at_most_the_limit",
        "timer.lent_ones_take_no_place",
        "timer.a_commit_ends_no_lease",
    ),
    lending.ReleasesOthers: (
        "timer.only_its_own",
        "text.workers_are_kept_apart",
        "text.long_ids",
    ),
    lending.ReleasesAll: (
        "timer.given_back_it_is_free",
        "timer.what_nobody_has",
    ),
    lending.CommitEndsLease: ("timer.a_commit_ends_no_lease",),
    lending.TimerOfTheOpening: (
        "timer.timers_that_changed",
        "timer.a_lease_stops_no_commit",
    ),
    lending.ReleasesAllForNone: ("timer.what_nobody_has",),
    lending.LeaseEndsWithTimer: ("timer.a_commit_ends_no_lease",),
    lending.WallClock: ("timer.in_any_zone",),
    finding.MissingFirst: (
        "query.orders",
        "query.pages",
    ),
    finding.MissingLow: (
        "query.orders",
        "query.pages",
    ),
    finding.SortsAsWords: (
        "query.orders",
        "query.pages",
    ),
    finding.EqualAsWords: (
        "query.equals",
        "query.combined",
    ),
    finding.UnequalMatchesMissing: ("query.differs",),
    finding.NotOfUnknown: (
        "query.differs",
        "query.one_of",
        "query.contains",
        "query.combined",
    ),
    finding.ContainsPart: ("query.contains",),
    finding.NumbersAsText: ("query.ordering",),
    finding.FlagIsNumber: ("text.kinds_are_kept_apart",),
    finding.BeforeMeansUntil: (
        "query.ordering",
        "query.combined",
    ),
    finding.TiesAsTheyCome: (
        "query.orders",
        "query.pages",
    ),
    finding.FindFrom: (
        "query.pages",
        "query.the_largest_page",
    ),
    finding.FindOneMore: (
        "query.pages",
        "query.the_largest_page",
    ),
    finding.PagesByFirstKey: ("query.pages",),
    finding.PageOfAThousand: ("query.the_largest_page",),
    finding.GivesACursor: ("declare.what_methods_give",),
}
"""Each fault with the check that is there for it, and those that see it as well."""

RACES: Mapping[Fault, str] = {
    racing.LooksThenWrites: "thread.exactly_one_gets_through",
    racing.CountsThenWrites: "thread.never_beyond_the_limit",
    racing.ClaimsThenMarks: "thread.lent_to_one",
}
"""Faults that show when two come at once."""

COSTLY = (
    "load.many_at_once",
    "commit.many_tickets",
    "limit.large_records",
    "limit.large_tickets",
    "limit.large_messages",
    "query.one_of",
    "query.ordering",
    "query.the_largest_page",
)
"""Checks of megabytes, hundreds of tickets and queries: made where they might see something."""

SOUND: tuple[Fault, ...] = (MemoryStore, PartedStore, AskedStore)
"""What the faults are planted in."""


def failing(store: Fault, *skip: str) -> list[str]:
    """The checks that *store* fails, of all but these and but random histories."""
    report = check_store(store, skip=("walk", *skip), out=None)
    return [each.check.name for each in report.failed]


def _name(store: Fault) -> str:
    return store.__name__


@pytest.mark.parametrize("store", FAULTS, ids=_name)
def test_a_fault_fails_its_own_check_and_no_other(store: Fault) -> None:
    """What is named for the fault fails, all else passes.

    Habits of databases are looked for elsewhere, and what shows to one caller is not tried with
    many: which of their checks would see it, too, is chance.
    """
    asked = issubclass(store, AskedStore)
    left = [each for each in COSTLY if each not in FAULTS[store] and not asked]
    assert sorted(failing(store, "habits", "thread", *left)) == sorted(FAULTS[store])


@pytest.mark.parametrize("store", RACES, ids=_name)
def test_a_race_is_found_by_many_at_once(store: Fault) -> None:
    """The check that is there for it fails; one caller alone sees nothing."""
    found = failing(store, "habits", *COSTLY)
    assert RACES[store] in found
    assert {each.partition(".")[0] for each in found} == {"thread"}


@pytest.mark.parametrize("store", SOUND, ids=_name)
def test_without_a_fault_nothing_fails(store: Fault) -> None:
    """The stores in which faults are planted pass everything, random histories included."""
    report = check_store(store, examples=5, out=None)
    assert report.ok, report.text()


def test_the_table_is_sound() -> None:
    """Every check that is named exists, every fault says what its host did, and most of them are
    seen by one check alone.
    """
    named = {name for names in FAULTS.values() for name in names} | {*RACES.values()}
    assert named <= set(BY_NAME)
    assert all(len(each.__doc__ or "") > 30 for each in (*FAULTS, *RACES))
    alone = [store for store, names in FAULTS.items() if len(names) == 1]
    assert len(alone) > len(FAULTS) / 2


@pytest.mark.parametrize(
    "store",
    [
        committing.FirstVersionOnly,
        committing.ErasesForRefused,
        receiving.CachedTickets,
        sealing.ErasesFirstRef,
        sending.TakenByCount,
        lending.CommitEndsLease,
    ],
    ids=_name,
)
def test_random_histories_find_faults_too(store: Fault) -> None:
    """Nobody told them what to look for; what they tell is short."""
    (result,) = check_store(store, only=["walk"], examples=30, out=None).results
    assert result.outcome == "failed"
    assert 1 <= len(result.history) <= 10, result.text()
