import threading

import pytest
from tests.reader.standin import FakeClock

from bianma.reader.pace import Clock, Pace, SpentError, StoppedError


def pace_of(clock, **options):
    return Pace(Clock(clock.now, clock.sleep), **({"per_minute": 60, "at_most": 100} | options))


def test_turns_come_evenly_and_the_first_at_once():
    clock = FakeClock()
    pace = pace_of(clock, per_minute=30)
    began = []
    for _ in range(4):
        pace.turn()
        began.append(clock.now() - 1000)
    assert began == [0, 2, 4, 6]


def test_a_slow_caller_gains_no_burst():
    clock = FakeClock()
    pace = pace_of(clock, per_minute=30)
    pace.turn()
    clock.time += 100
    began = [(pace.turn(), clock.now())[1] for _ in range(3)]
    assert began == [1100, 1102, 1104]


def test_a_hold_is_for_all_and_the_longest_counts():
    clock = FakeClock()
    pace = pace_of(clock, per_minute=6000)
    pace.hold(30)
    pace.hold(5)
    pace.turn()
    assert clock.now() == 1030


def test_a_hold_reaches_who_waits_already():
    clock = FakeClock()
    pace = pace_of(clock, per_minute=60)
    pace.turn()

    def sleep(seconds):
        if clock.slept == 0:
            pace.hold(20)
        FakeClock.sleep(clock, seconds)

    pace._clock = Clock(clock.now, sleep)
    pace.turn()
    assert clock.now() == 1020


def test_no_more_than_were_allowed():
    pace = pace_of(FakeClock(), at_most=2)
    pace.turn()
    pace.turn()
    with pytest.raises(SpentError, match="may send 2 requests"):
        pace.turn()
    assert pace.sent == 2


def test_who_waits_is_let_go_when_the_run_ends_and_has_not_sent():
    waiting = threading.Event()
    pace = Pace(Clock(lambda: 0.0, lambda seconds: (waiting.set(), None)[1]), per_minute=1, at_most=9)
    pace.turn()
    caught = []

    def wait():
        try:
            pace.turn()
        except StoppedError as e:
            caught.append(e)

    thread = threading.Thread(target=wait)
    thread.start()
    waiting.wait(10)
    pace.stop()
    thread.join(10)
    assert (len(caught), pace.sent) == (1, 1)
