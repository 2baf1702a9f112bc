"""The verb `warrantgraph extract`: from articles to drafts, for a person to review."""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from warrantgraph.amounts import parse_size, parse_span
from warrantgraph.cli.inputs import authority_option
from warrantgraph.cli.main import exit_code
from warrantgraph.cli.progress import show_step
from warrantgraph.errors import MetadataError
from warrantgraph.extracting.about import About, read_day, read_table
from warrantgraph.extracting.batch import Course, Options, Outcome, extract_all
from warrantgraph.extracting.inputs import STANDARD_INPUT, find_articles
from warrantgraph.extracting.places import DraftFolder
from warrantgraph.extracting.texts import LARGEST
from warrantgraph.extracting.wording import Tally, as_line, as_summary
from warrantgraph.extracting.workers import Limits, Workers
from warrantgraph.reports.formats.visible import harmless
from warrantgraph.resources import CHECKOUT, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

__all__ = ["EXTRACTORS", "WRITER", "extract"]

EXTRACTORS: Final = {
    "chat": "warrantgraph.extracting.extractors:make_chat",
    "rules": "warrantgraph.extracting.extractors:make_rules",
}
"""What makes each extractor, as `module:name`."""

WRITER: Final = "warrantgraph.extracting.writing:write"

_NEEDS: Final = {
    "chat": ("httpx", "pycountry", "spacy"),
    "rules": ("pycountry", "spacy"),
}
_PACKAGE: Final = Path(__file__).parents[1]


def _read_with(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A type of click's that reads a value with a function of ours."""

    def convert(value: str) -> object:
        try:
            return read(value)
        except (MetadataError, ValueError) as error:
            raise click.BadParameter(str(error)) from error

    return convert


def _about(key: str) -> Callable[[str], Any]:
    """A type of click's for what may also stand beside a text."""
    return _read_with(lambda value: getattr(read_table({key: value}, Path(f"--{key}")), key))


@click.command(epilog="Example: warrantgraph extract article.txt --published 2024-11-21")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="PATH...",
)
@click.option(
    "--published",
    type=_read_with(read_day),
    metavar="DAY",
    help="Day the article appeared, as 2024-11-21; the words of the text count from it.",
)
@click.option("--publisher", type=_about("publisher"), metavar="NAME", help="Who published it.")
@click.option(
    "--url", type=_about("url"), metavar="URL", help="Where it was found; for one article."
)
@click.option(
    "--slug",
    type=_about("slug"),
    metavar="SLUG",
    help="Name of the new source, for one article; made from its first line and day if left out.",
)
@click.option(
    "--language",
    type=_about("language"),
    metavar="TAG",
    show_default="en",
    help="Language of the text; the rules know English.",
)
@click.option(
    "--sources",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that gets the new source; in a checkout the project's own if left out.",
)
@authority_option
@click.option(
    "--extractor",
    type=click.Choice(sorted(EXTRACTORS)),
    default="rules",
    show_default=True,
    help="By rules, offline; or by asking a language model: see docs/extracting.md.",
)
@click.option("--force", is_flag=True, help="Draft anew what is drafted; never what is reviewed.")
@click.option("--dry-run", is_flag=True, help="Write nothing, print the drafts as JSON.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, a line for each article, drafts in full."
)
@click.option(
    "--empty-draft",
    is_flag=True,
    help="Draft no facts of a text that is not English, instead of refusing it.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    show_default="as many as there are cores",
    help="Articles that are worked on at the same time.",
)
@click.option(
    "--max-size",
    type=_read_with(parse_size),
    default=f"{LARGEST >> 20}MiB",
    show_default=True,
    metavar="SIZE",
    help="Refuse longer articles.",
)
@click.option(
    "--timeout",
    type=_read_with(parse_span),
    default="120",
    show_default=True,
    metavar="SECONDS",
    help="Give an article up after so long.",
)
@click.option(
    "--memory-limit",
    type=_read_with(parse_size),
    default="1GiB",
    show_default=True,
    metavar="SIZE",
    help="Give an article up that needs more.",
)
@click.pass_context
def extract(context: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401
    """Draft the claims of articles, for a person to review.

    PATH is a plain text in UTF-8, a folder of such (.txt), a file of JSON Lines (.jsonl), or - for
    JSON Lines on standard input. NAME.toml beside NAME.txt may say what is known of it. A batch
    that was interrupted goes on where it was. Exit code 3: something could not be read or written;
    4: the extractor failed on an article. The others are drafted all the same.
    """
    is_single = len(paths) == 1 and not paths[0].is_dir() and paths[0].suffix != ".jsonl"
    is_single = is_single and paths[0] != STANDARD_INPUT
    for name in ("slug", "url"):
        if options[name] and not is_single:
            raise click.UsageError(f"--{name} is for one article; each may have its own beside it")
    _need_extra(options["extractor"])
    jobs = 1 if is_single else options["jobs"] or os.cpu_count() or 1
    sources = None if options["dry_run"] else _sources(options["sources"])
    targets = (EXTRACTORS[options["extractor"]], WRITER, str(options["authority"].resolve()))
    limits = Limits(options["timeout"], options["memory_limit"])
    with (
        nullcontext() if sources is None else DraftFolder(sources) as folder,
        Workers(jobs, targets, limits) as workers,
    ):
        articles = find_articles(paths, options["max_size"], sys.stdin.buffer)
        outcomes = extract_all(articles, workers, folder, _options(options))
        told = _tell_one if is_single else _tell_all
        context.exit(told(outcomes, options))


def _need_extra(extractor: str) -> None:
    missing = [name for name in _NEEDS[extractor] if find_spec(name) is None]
    if missing:
        raise click.UsageError(
            f"extract needs {', '.join(missing)}; install it with: "
            "pip install 'warrantgraph[extract]'"
        )


def _sources(given: Path | None) -> Path:
    if given is None and not CHECKOUT:
        raise click.UsageError(
            "give the folder for the new source: --sources FOLDER (a checkout has its own, where "
            "it was installed with: pip install --editable '.[extract]')"
        )
    folder = SOURCES if given is None else given
    if folder.resolve().is_relative_to(_PACKAGE):
        raise click.UsageError(f"{folder} is inside the installed package; give another --sources")
    return folder


def _options(options: dict[str, Any]) -> Options:
    published: date | None = options["published"]
    names = ("publisher", "url", "slug", "language")
    return Options(
        common=About(published, **{name: options[name] for name in names}),
        english_only=options["extractor"] == "rules",
        empty_drafts=options["empty_draft"],
        force=options["force"],
        as_json=options["as_json"] or options["dry_run"],
    )


def _tell_one(outcomes: Iterable[Outcome], options: dict[str, Any]) -> int:
    """Say what came of one article; raises the error where it was not drafted."""
    show_step("extracting")
    (outcome,) = outcomes
    show_step("")
    if outcome.error is not None:
        raise outcome.error
    if options["as_json"] or options["dry_run"]:
        _print_json(outcome)
    else:
        click.echo(harmless(as_summary(outcome, _review(outcome.slug, options))))
    return 0


def _tell_all(outcomes: Iterable[Outcome], options: dict[str, Any]) -> int:
    tally = Tally()
    as_json: bool = options["as_json"] or options["dry_run"]
    try:
        for outcome in outcomes:
            tally.add(outcome)
            if as_json:
                _print_json(outcome)
            elif outcome.error is not None or not sys.stderr.isatty():
                show_step("")
                click.echo(harmless(as_line(outcome)), err=outcome.error is not None)
            show_step(f"{tally.total:,} articles, {tally.not_drafted:,} not drafted")
    except KeyboardInterrupt:
        show_step("")
        if not options["dry_run"]:
            click.echo(f"{tally}. The same command goes on from there.", err=True)
        raise
    show_step("")
    click.echo(f"{tally}", err=as_json)
    if failures := tally.failures():
        click.echo(harmless(failures), err=True)
    if tally.courses[Course.DRAFTED] and not as_json:
        click.echo(f"next: {_review('SLUG', options)}")
    return max((exit_code(error) for error in tally.errors.values()), default=0)


def _print_json(outcome: Outcome) -> None:
    record: dict[str, Any] = {"name": outcome.name, "course": outcome.course.value}
    if outcome.error is not None:
        record["error"] = str(outcome.error)
    record |= outcome.answer.get("draft", {"slug": outcome.slug})
    click.echo(json.dumps(record))


def _review(slug: str, options: dict[str, Any]) -> str:
    where = "" if options["sources"] is None else f" --sources {options['sources']}"
    return f"warrantgraph review {slug}{where}"
