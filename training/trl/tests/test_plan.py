"""The order of training."""

from medresearcher_trl.plan import batches

LENGTHS = [10 + n for n in range(50)]


def test_the_same_seed_gives_the_same_order_and_a_longer_run_is_another():
    assert batches(LENGTHS, 4, 30, 1) == batches(LENGTHS, 4, 30, 1)
    assert batches(LENGTHS, 4, 30, 1) != batches(LENGTHS, 4, 30, 2)


def test_each_epoch_takes_every_row():
    plan = batches(LENGTHS, 5, 1 + 10, 0)
    assert {row for batch in plan[1:] for row in batch} == set(range(50))


def test_batches_are_full_even_with_few_rows():
    assert all(len(batch) == 8 for batch in batches([5, 6, 7], 8, 12, 0))


def test_the_first_tenth_is_short():
    assert all(row < 25 for batch in batches(LENGTHS, 5, 100, 0)[:10] for row in batch)
