"""A study and its Label Studio: the server, push and pull, wired to the files."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

from bianma.errors import StudioError, StudyError
from bianma.records import CODED_KINDS, CoderId, Coding, DocId, Passage, PassageId, Shown, Suggestion, text_sha
from bianma.studio import accounts, install, server, sync
from bianma.studio.accounts import Account
from bianma.studio.client import Desk
from bianma.studio.config import LabellingConfig, labelling_config
from bianma.studio.guide import instructions
from bianma.studio.project import leaks
from bianma.studio.tasks import ORIGIN, to_coding, to_task
from bianma.study import ledger
from bianma.study.store import Study, Text

Progress = Callable[[int, int], None]
ProgressOf = Callable[[CoderId], Progress]
Say = Callable[[str], None]  # tells the user what is going on


def studio_venv() -> Path:
    """Return where Label Studio is installed: one place for all studies of this user, or `$BIANMA_STUDIO_VENV`."""
    named = os.environ.get("BIANMA_STUDIO_VENV")
    return Path(named) if named else platformdirs.user_data_path("bianma") / f"label-studio-{install.VERSION}"


def home(study: Study) -> Path:
    """Return the folder of the study's own server: its database, log and accounts."""
    return study.state / "studio"


def up(study: Study, *, say: Say, port: int | None = None) -> server.ServerStatus:
    """Install Label Studio where it is not, start the study's server, and make every coder's account."""
    _refuse_remote(study)
    venv = studio_venv()
    install.install(venv, say=say)
    status = server.up(home(study), venv=venv, port=port or study.settings.port)
    logins(study, status, say=say)
    return status


def down(study: Study) -> bool:
    """Stop the study's server; False if it was not running."""
    _refuse_remote(study)
    return server.down(home(study))


def logins(study: Study, status: server.ServerStatus, *, say: Say) -> list[Account]:
    """Return the account of every coder in the settings, made on the running server where it is missing."""
    coders = [c.id for c in study.settings.coders]
    return accounts.ensure(home(study), coders, venv=studio_venv(), url=status.url, say=say)


def _refuse_remote(study: Study) -> None:
    if study.settings.url:
        raise StudyError(
            f"this study's Label Studio is at {study.settings.url} (bianma.yaml, studio: url) and run by somebody "
            "else; take that line out to have bianma run one here"
        )


def _named(study: Study, only: Sequence[CoderId]) -> list[CoderId]:
    """Return the coders meant, those named or all of the settings; StudyError for one that is not there."""
    known = [c.id for c in study.settings.coders]
    unknown = [c for c in only if c not in known]
    if unknown:
        raise StudyError(f"no coder {', '.join(unknown)} in bianma.yaml; it names {', '.join(known)}")
    return list(only or known)


def open_desks(study: Study, coders: Sequence[CoderId], *, say: Say = lambda line: None) -> list[Desk]:
    """Return a desk for each of `coders`; StudioError if the server is down."""
    if study.settings.url:
        found = accounts.require_accounts(home(study) / accounts.FILE, coders)
        return [Desk(study.settings.url, account) for account in found]
    status = server.status(home(study))
    if not status.running:
        raise StudioError("this study's Label Studio is not running; start it with `bianma studio up`")
    found = accounts.ensure(home(study), coders, venv=studio_venv(), url=status.url, say=say)
    return [Desk(status.url, account) for account in found]


@dataclass(frozen=True, slots=True)
class _Material:
    """What push and pull need of a study, read once for all coders."""

    study: Study
    passages: Mapping[PassageId, Passage]
    texts: Mapping[DocId, Text]
    config: LabellingConfig

    @classmethod
    def of(cls, study: Study) -> "_Material":
        passages = {p.id: p for p in study.passages() if p.kind in CODED_KINDS}
        return cls(study, passages, study.texts_of(p.doc for p in passages.values()), labelling_config(study.codebook))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What a push did for one coder: `sent` new tasks, `present` ones that were there; the rest needs a human."""

    coder: CoderId
    sent: int
    present: int
    project: int = 0
    url: str = ""
    findings: tuple[str, ...] = ()


def push(
    study: Study,
    *,
    now: str,
    progress: ProgressOf,
    say: Say = lambda line: None,
    only: Sequence[CoderId] = (),
    dry_run: bool = False,
) -> list[Pushed]:
    """Bring every passage to every coder with its suggestions, each once; what a coder is shown is written down first.

    A passage that was pushed keeps the suggestions it was pushed with. With `dry_run` nothing is asked of the server:
    `sent` counts the passages not pushed so far.
    """
    coders = _named(study, only)
    if dry_run:
        coded = {p.id for p in study.passages() if p.kind in CODED_KINDS}
        known = {c: coded & study.shown(c).keys() for c in coders}
        return [Pushed(coder=c, sent=len(coded) - len(pushed), present=len(pushed)) for c, pushed in known.items()]
    material = _Material.of(study)
    suggestions: dict[PassageId, list[Suggestion]] = {}
    for suggestion in study.suggestions():
        suggestions.setdefault(suggestion.passage, []).append(suggestion)
    with ExitStack() as opened:
        desks = [opened.enter_context(desk) for desk in open_desks(study, coders, say=say)]
        pushed = [_push_to(desk, material, suggestions, progress, now) for desk in desks]
        if study.settings.url:  # the server that bianma runs lets nobody see another coder's work; others may
            seen = leaks([(desk, p.project) for desk, p in zip(desks, pushed, strict=True)])
            pushed[-1] = replace(pushed[-1], findings=(*pushed[-1].findings, *seen))
    return pushed


def _push_to(
    desk: Desk,
    material: _Material,
    suggestions: Mapping[PassageId, Sequence[Suggestion]],
    progress: ProgressOf,
    now: str,
) -> Pushed:
    study, coder = material.study, CoderId(desk.coder)
    shown = _shown(study, coder, material.passages.values(), suggestions)
    tasks = [_task(shown[p.id], p, material) for p in material.passages.values()]
    known = study.shown(coder)
    study.announce(coder, (known | shown).values() if shown.keys() - known.keys() else ())
    report = sync.push(
        desk,
        study.settings.name,
        material.config.xml,
        tasks,
        intent=home(study) / f"push-{coder}.json",
        key=_key(study),
        instruction=instructions(study.codebook),
        progress=progress(coder),
    )
    study.confirm_shown(coder)
    if report.sent:
        details = {"sent": report.sent, "present": report.present, "project": report.project}
        ledger.append(study.ledger, at=now, event="push", actor=coder, details=details)
    findings = tuple(_push_findings(report))
    return Pushed(
        coder=coder,
        sent=report.sent,
        present=report.present,
        project=report.project,
        url=report.url,
        findings=findings,
    )


def _shown(
    study: Study,
    coder: CoderId,
    passages: Iterable[Passage],
    suggestions: Mapping[PassageId, Sequence[Suggestion]],
) -> dict[PassageId, Shown]:
    """Return the record of what `coder` is shown: as it stands, and today's suggestions on every further passage."""
    known = study.announced(coder)
    return {
        p.id: known.get(p.id)
        or Shown(
            coder=coder,
            doc=p.doc,
            passage=p.id,
            text_sha=text_sha(p.text),
            codebook=study.codebook.ref,
            suggestions=tuple(suggestions.get(p.id, ())),
        )
        for p in passages
    }


def _task(shown: Shown, passage: Passage, material: _Material) -> dict[str, Any]:
    raw = material.texts[passage.doc].raw
    return to_task(passage, raw, shown.suggestions, material.config, model_version=shown.codebook)


def _key(study: Study) -> str:
    """Return what tells this study's project from others: on a server of its own there is but one, however renamed."""
    return study.settings.name if study.settings.url else "study"


def _push_findings(report: sync.PushReport) -> Iterator[str]:
    yield from _found(report.changed, "on the server with another text; left as they are")
    yield from _found(report.conflicts, "there twice and worked on in both; keep one in Label Studio")
    yield from _found(report.strange, "in the project, but not in this study; left there")


def _found(uids: Iterable[str], what: str) -> Iterator[str]:
    """Yield one sentence for each article; a uid is the article's name and a hash."""
    articles: dict[str, list[str]] = {}
    for uid in uids:
        articles.setdefault(uid.rpartition("-")[0] or "(made by hand)", []).append(uid)
    for article, found in articles.items():
        named = found[0] if len(found) == 1 and found[0] else f"{len(found)} passages"
        yield f"{article}: {named} {what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledFrom:
    """What a pull fetched from one coder. `changed`: codings that are new here or were coded further."""

    coder: CoderId
    tasks: int
    done: int
    skipped: int
    drafts: int
    changed: int
    findings: tuple[str, ...] = ()


def pull(
    study: Study,
    *,
    now: str,
    say: Say = lambda line: None,
    only: Sequence[CoderId] = (),
    dry_run: bool = False,
) -> list[PulledFrom]:
    """Fetch every coder's codings into annotations/codings. Nothing here is ever deleted.

    What cannot be taken over is a finding, and the rest is taken: an annotation that does not fit its passage, a coding
    that vanished from the server (it stays here), one that was made in the file by hand (the file's stays).
    """
    coders, material = _named(study, only), _Material.of(study)
    desks = open_desks(study, coders, say=say)
    pulled = [_pull_from(desk, material, now, dry_run=dry_run) for desk in desks]
    if not study.settings.url:
        server.clear_exports(home(study))
    return pulled


def _pull_from(desk: Desk, material: _Material, now: str, *, dry_run: bool) -> PulledFrom:
    study, coder = material.study, CoderId(desk.coder)
    shown = study.announced(coder)
    with desk:
        pulled = sync.pull(desk, study.settings.name, key=_key(study), expected=study.shown(coder).keys())
    fetched, findings = _read(pulled, coder, material, shown)
    known = {c.passage: c for c in study.codings(coder)}
    by_hand = {p for p, c in known.items() if c.origin != ORIGIN and p in fetched}
    changed = {p: c for p, c in fetched.items() if p not in by_hand and known.get(p) != c}
    if changed and not dry_run:
        study.write_codings(coder, (known | changed).values(), {p: i for i, p in enumerate(material.passages)})
        details = {"codings": {p: _summary(c) for p, c in changed.items()}}
        ledger.append(study.ledger, at=now, event="pull", actor=coder, details=details)
    there = {task.uid for task in (*pulled.annotated, *pulled.skipped)}
    gone = [p for p, c in known.items() if c.origin == ORIGIN and p not in there]
    return PulledFrom(
        coder=coder,
        tasks=pulled.tasks,
        done=len(pulled.annotated),
        skipped=len(pulled.skipped),
        drafts=pulled.drafts,
        changed=len(changed),
        findings=(*findings, *_pull_findings(pulled, gone, by_hand)),
    )


def _read(
    pulled: sync.Pulled, coder: CoderId, material: _Material, shown: Mapping[PassageId, Shown]
) -> tuple[dict[PassageId, Coding], list[str]]:
    """Return the codings by passage, and what is wrong with those that cannot be read."""
    codings: dict[PassageId, Coding] = {}
    findings: list[str] = []
    for task in (*pulled.annotated, *pulled.skipped):
        passage = material.passages.get(PassageId(task.uid))
        if passage is None or passage.id not in shown:
            findings.append(
                f"{coder}: task {task.uid} was coded, but annotations/shown has no record of it: restore that file"
            )
            continue
        raw, said = material.texts[passage.doc].raw, {"annotation": task.annotation, "task_data": task.data}
        try:
            codings[passage.id] = to_coding(passage, raw, shown[passage.id], material.config, coder=coder, **said)
        except StudioError as e:
            findings.append(str(e))
    return codings, findings


def _pull_findings(pulled: sync.Pulled, gone: Iterable[PassageId], by_hand: Iterable[PassageId]) -> Iterator[str]:
    yield from _found(pulled.vanished, "pushed and no longer on the server; what was pulled of them stays here")
    yield from _found(pulled.strange, "in the project, but not in this study")
    yield from _found(pulled.doubles, "there twice; the newest coding was taken")
    yield from _found(gone, "without a coding on the server any more; the one pulled before stays here")
    yield from _found(by_hand, "coded in the file and on the server; the file's coding was kept")


def _summary(coding: Coding) -> Mapping[str, int | str]:
    return {"at": coding.at, "status": coding.status, "spans": len(coding.spans), "rejected": len(coding.rejected)}
