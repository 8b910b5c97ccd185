"""The head of an article's page: what it is, how it was read, what became of its characters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from bianma.records import Metadata, Passage, Source
from bianma.report.align import RawRun, Shares, shares
from bianma.report.words import FIELDS, KINDS, WARNINGS, UiLanguage, say


def name(source: Source, about: Metadata | None) -> str:
    """Return the article's title, the Chinese one if there are two, else the document's id."""
    titles = about.title if about else {}
    return titles.get("zh") or next(iter(titles.values()), "") or source.doc


def head(
    source: Source,
    raw: str,
    passages: Sequence[Passage],
    runs: Iterable[RawRun],
    about: Metadata | None,
    ui: UiLanguage,
) -> Iterator[str]:
    """Yield the summary as HTML."""
    counted = shares(raw, passages, runs, tagged=source.reader.startswith("html"))
    for odd in counted.odd():
        yield f'<p class="warning" role="alert">⚠ {escape(WARNINGS[odd][ui])}</p>'
    yield '<div class="facts"><dl>'
    for label, values, told in facts(about, ui):
        hand = f" <small>({say('by_hand', ui)})</small>" if told else ""
        shown = "<br>".join(escape(v) for v in values)
        yield f"<div><dt>{label}{hand}</dt><dd>{shown}</dd></div>"
    yield "</dl><dl>"
    for label, value in technical(source, passages, ui):
        yield f"<div><dt>{label}</dt><dd>{escape(value)}</dd></div>"
    yield "</dl></div>"
    yield from _bar(counted, ui)


def facts(about: Metadata | None, ui: UiLanguage) -> Iterator[tuple[str, list[str], bool]]:
    """Yield what is known of the publication: the field's name, its values, whether a person wrote it."""
    for field, names in FIELDS.items():
        value = getattr(about, field, None) if about else None
        if value:
            yield names[ui], _values(value), field in (about.told if about else ())


def _values(value: object) -> list[str]:
    if isinstance(value, Mapping):
        listed = ((v, "、" if key == "zh" else "; ") for key, v in value.items() if v)
        return [between.join(v) if isinstance(v, list | tuple) else str(v) for v, between in listed]
    return [str(value)]


def technical(source: Source, passages: Sequence[Passage], ui: UiLanguage) -> Iterator[tuple[str, str]]:
    """Yield how the article was read."""
    yield say("file", ui), source.path
    if source.encoding:
        yield say("encoding", ui), source.encoding
    yield say("reader", ui), source.reader
    yield say("length", ui), f"{source.length:,} {say('code_points', ui)} · {len(passages)} {say('passages', ui)}"
    yield "SHA-256", f"{source.sha[:16]}…"


def parts(counted: Shares, ui: UiLanguage) -> list[tuple[str, str, int]]:
    """Return where the source went: a name for the style sheet, one for the reader, and the number of characters."""
    return [
        ("running", say("running", ui), counted.running),
        ("apparatus", say("apparatus", ui), counted.of("author", "citation", "table")),
        ("foreign", KINDS["foreign"][ui], counted.of("foreign")),
        ("furniture", KINDS["furniture"][ui], counted.of("furniture")),
        ("none", say("left_out", ui), counted.left_out),
    ]


def percent(part: int, whole: int) -> str:
    """Return a share as a percentage with one digit behind the point; an en dash where there is nothing to share."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _bar(counted: Shares, ui: UiLanguage) -> Iterator[str]:
    found = [part for part in parts(counted, ui) if part[2]]
    yield f'<figure class="shares"><figcaption>{say("became", ui)} <small>{say("not_space", ui)}</small></figcaption>'
    yield '<div class="bar" aria-hidden="true">'
    yield from (f'<i class="s-{key}" style="flex:{size}"></i>' for key, _, size in found)
    yield "</div><ul>"
    for key, label, size in found:
        yield f'<li><i class="s-{key}"></i>{label} <b>{percent(size, counted.total)}</b></li>'
    yield "</ul></figure>"
