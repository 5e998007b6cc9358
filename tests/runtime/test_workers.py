import os
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest

from converter.errors import BalanceError
from converter.runtime.workers import AHEAD, Elsewhere, Failed, Workers, processes


def doubled(number: int) -> int:
    if number < 0:
        os._exit(1)
    if number == 13:
        raise ValueError(number)
    return number * 2


def slow_first(number: int) -> int:
    time.sleep(0.05 if number == 0 else 0)
    return number


def unbalanced(_: int) -> int:
    raise BalanceError("balanco-nao-fecha", conta="1 != 2")


@pytest.mark.parametrize("workers", [Workers(), Elsewhere(ThreadPoolExecutor, 4)])
def test_answers_come_in_the_order_of_the_questions(workers: Workers) -> None:
    with workers:
        assert list(workers.each(slow_first, range(20))) == [(n, n) for n in range(20)]


@pytest.mark.parametrize("workers", [Workers(), Elsewhere(ThreadPoolExecutor, 2)])
def test_what_raises_costs_only_itself(workers: Workers) -> None:
    with workers:
        answers = dict(workers.each(doubled, [12, 13, 14]))
    assert answers.keys() == {12, 13, 14}
    assert (answers[12], answers[14]) == (24, 28)
    assert isinstance(answers[13], Failed)
    assert answers[13].motivo.startswith("ValueError em ")
    assert "test_workers.py:" in answers[13].trace


@pytest.mark.parametrize("workers", [Workers(), Elsewhere(ThreadPoolExecutor, 2)])
def test_rows_that_do_not_balance_stop_the_run(workers: Workers) -> None:
    with workers, pytest.raises(BalanceError):
        list(workers.each(unbalanced, [1]))


def test_what_does_not_balance_is_told_from_another_process_too() -> None:
    with Elsewhere(processes, 2) as workers, pytest.raises(BalanceError) as told:
        list(workers.each(unbalanced, [1]))
    assert told.value.details == {"conta": "1 != 2"}


def test_a_worker_that_dies_costs_only_the_item_that_kills_it() -> None:
    with Elsewhere(processes, 2) as workers:
        answers = list(workers.each(doubled, [1, -1, 2, 3, 4, 5, 6, 7]))
    assert answers[1] == (-1, Failed("BrokenProcessPool"))
    assert [answer for _, answer in answers if not isinstance(answer, Failed)] == [
        2, 4, 6, 8, 10, 12, 14,
    ]  # fmt: skip


def test_only_a_few_questions_are_out_at_a_time() -> None:
    asked: list[int] = []

    def questions() -> Iterator[int]:
        for number in range(100):
            asked.append(number)
            yield number

    with Elsewhere(ThreadPoolExecutor, 2) as workers:
        answers = workers.each(abs, questions())
        next(answers)
        assert len(asked) == AHEAD * 2 + 1


def test_an_executor_that_cannot_start_is_no_endless_loop() -> None:
    class Broken(Executor):
        def submit(self, *_: object, **__: object) -> Future[object]:
            from concurrent.futures import BrokenExecutor

            raise BrokenExecutor

    from concurrent.futures import BrokenExecutor

    with Elsewhere(lambda _: Broken(), 1) as workers, pytest.raises(BrokenExecutor):
        list(workers.each(abs, [1]))
