import pytest

from bianma.errors import RecordError
from bianma.study import ledger


def add(path, event, **details):
    ledger.append(path, at="2026-01-02T03:04:05Z", event=event, actor="lin", details=details)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "annotations" / "ledger.jsonl"
    for n in range(3):
        add(path, "push", n=n, note="安全机制")
    return path


def test_entries_are_chained(path):
    assert ledger.verify(path) == 3


def test_no_ledger_is_an_empty_one(tmp_path):
    assert ledger.verify(tmp_path / "none.jsonl") == 0


@pytest.mark.parametrize(
    ("tamper", "line"),
    [
        (lambda lines: [lines[0].replace('"n": 0', '"n": 9'), *lines[1:]], 2),  # changed
        (lambda lines: [lines[0], lines[2]], 2),  # removed
        (lambda lines: [lines[1], lines[0], lines[2]], 1),  # moved
        (lambda lines: lines[1:], 1),  # beginning cut off
    ],
)
def test_tampering_is_found(path, tamper, line):
    path.write_text("".join(tamper(path.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")
    with pytest.raises(RecordError, match=rf"ledger.jsonl:{line}: the chain is broken"):
        ledger.verify(path)


def test_a_line_half_written_by_a_crash_is_set_aside(path):
    with path.open("ab") as f:
        f.write(b'{"at": "2026-01-02T03:04:06Z", "event": "pu')
    add(path, "pull")
    assert ledger.verify(path) == 4
    assert b'"event": "pu' in path.with_suffix(".torn").read_bytes()
