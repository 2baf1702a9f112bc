"""`warrantgraph review`: a person accepts, mends or rejects the drafted claims of a source."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from warrantgraph.cli.inputs import authority_option, sources_option
from warrantgraph.errors import MissingFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rdflib import URIRef

    from warrantgraph.reviewing.drafts import Claim
    from warrantgraph.source import Source
    from warrantgraph.statuses import Status

__all__ = ["review"]

_STATUSES = ("draft", "accepted", "rejected", "all")


@click.command(epilog="Example: warrantgraph review a-source --list --rule warrants")
@click.argument("slug")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option("--accept", is_flag=True, help="Accept the named claims without asking.")
@click.option("--reject", is_flag=True, help="Reject the named claims without asking.")
@click.option("--reason", help="Why they are rejected; kept as an editorial note.")
@click.option(
    "--accept-rule", metavar="RULE", help="Accept all drafts of a rule, or of a family of rules."
)
@click.option("--list", "listed", is_flag=True, help="List the drafts.")
@click.option("--summary", is_flag=True, help="Count the claims by rule and status.")
@click.option("--rule", help="Only claims of this rule, or of this family of rules.")
@click.option("--status", type=click.Choice(_STATUSES), help="List claims of this status instead.")
@click.option(
    "--reviewer", metavar="NAME", help="Your name; if left out, the one that git or the login has."
)
@sources_option
@authority_option
def review(
    slug: str,
    claims: tuple[str, ...],
    accept: bool,
    reject: bool,
    reason: str | None,
    accept_rule: str | None,
    listed: bool,
    summary: bool,
    rule: str | None,
    status: str | None,
    reviewer: str | None,
    sources: Path,
    authority: Path,
) -> None:
    """Review the drafted claims of the source SLUG, one after the other, or only the named ones.

    On a terminal press a key: a accept, r reject, e edit, s skip, u undo, A accept all of the
    sentence, q quit, ? help. In a pipe each line is a key; behind an r may stand the reason. Each
    decision is saved at once. Exit code 3: a file or a claim is wrong, or cannot be written.
    """
    actions = (accept, reject, accept_rule is not None, listed, summary)
    _require_sense(actions, claims, reason, status)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an article may hold what the terminal has not
            stream.reconfigure(errors="backslashreplace")
    job = _Job(_source(sources / slug), claims, rule)
    if summary or listed:
        job.show(status or ("all" if claims else "draft"), as_list=listed)
    elif any(actions):
        job.decide(reviewer, reject=reject, reason=reason or "", accept_rule=accept_rule)
    else:
        job.ask(reviewer, authority)


def _require_sense(
    actions: Sequence[bool], claims: Sequence[str], reason: str | None, status: str | None
) -> None:
    accept, reject, by_rule, listed, summary = actions
    if sum(actions) > 1:
        message = "only one of --accept, --reject, --accept-rule, --list and --summary"
        raise click.UsageError(message)
    if (accept or reject) and not claims:
        raise click.UsageError("name the claims, as in: warrantgraph review SLUG --accept s4-2")
    if (by_rule or summary) and claims:
        raise click.UsageError("--accept-rule and --summary are about all claims, name none")
    if reason is not None and not reject:
        raise click.UsageError("--reason belongs to --reject")
    if status is not None and not listed:
        raise click.UsageError("--status belongs to --list")


def _source(folder: Path) -> Source:
    from warrantgraph.source import read_source  # rdflib is not in each start

    if not folder.is_dir():
        beside = folder.parent
        names = [path.name for path in beside.iterdir()] if beside.is_dir() else []
        near = get_close_matches(folder.name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else "--sources names the folder that has it"
        raise MissingFileError("there is no such source", file=folder, hint=hint)
    return read_source(folder)


@dataclass(frozen=True)
class _Job:
    """What is to be done with which claims of a source."""

    source: Source
    names: tuple[str, ...]
    rule: str | None

    def chosen(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims that the command line speaks of."""
        from warrantgraph.reviewing.batch import find_claims, of_rule

        named = find_claims(claims, self.names, self.source) if self.names else list(claims)
        if self.rule is not None:
            _require_rule(self.rule, claims)
        return [claim for claim in named if self.rule is None or of_rule(claim, self.rule)]

    def show(self, status: str, *, as_list: bool) -> None:
        """List or count claims."""
        from warrantgraph.reviewing.drafts import list_claims
        from warrantgraph.reviewing.listing import print_claims, print_summary
        from warrantgraph.reviewing.saving import ClaimsFile

        claims = list_claims(ClaimsFile(self.source.claims.path).read(), self.source)
        chosen = self.chosen(claims)
        if as_list:
            print_claims([claim for claim in chosen if status in ("all", claim.status.value)])
        else:
            print_summary(chosen)

    def decide(
        self, reviewer: str | None, *, reject: bool, reason: str, accept_rule: str | None
    ) -> None:
        """Decide claims without asking, and say which."""
        from warrantgraph.reviewing.batch import decide_all, of_rule
        from warrantgraph.reviewing.deciding import Decision, now
        from warrantgraph.reviewing.reviewer import reviewer_name
        from warrantgraph.reviewing.saving import ClaimsFile
        from warrantgraph.statuses import Status

        def choose(claims: Sequence[Claim]) -> list[Claim]:
            chosen = self.chosen(claims)
            if accept_rule is None:
                return chosen
            _require_rule(accept_rule, claims)
            drafts = [claim for claim in chosen if claim.status is Status.DRAFT]
            return [claim for claim in drafts if of_rule(claim, accept_rule)]

        status = Status.REJECTED if reject else Status.ACCEPTED
        decision = Decision(status, reviewer_name(reviewer), now(), reason.strip())
        file = ClaimsFile(self.source.claims.path)
        decided, others = decide_all(file, self.source, choose, decision)
        _tell(decided, status, others)

    def ask(self, reviewer: str | None, authority: Path) -> None:
        """Ask for each draft."""
        from warrantgraph.reviewing.desk import open_desk
        from warrantgraph.reviewing.reviewer import reviewer_name
        from warrantgraph.reviewing.session import Session

        name = reviewer_name(reviewer)
        desk = open_desk(self.source, authority, sys.stdin)
        Session(desk, name, self.chosen).run()


def _require_rule(rule: str, claims: Sequence[Claim]) -> None:
    """Refuse a rule that drafted no claim of the source, for it may be a slip of the pen."""
    from warrantgraph.reviewing.batch import of_rule

    if any(of_rule(claim, rule) for claim in claims):
        return
    rules = {claim.rule for claim in claims if claim.rule}
    near = get_close_matches(rule, sorted(rules | {name.split("/")[0] for name in rules}), n=1)
    hint = f"did you mean {near[0]}?" if near else "--summary lists the rules that did"
    raise click.UsageError(f"no claim of this source was drafted by the rule {rule!r}; {hint}")


def _tell(decided: Sequence[Claim], status: Status, others: Mapping[URIRef, Status]) -> None:
    from warrantgraph.reviewing.wording import plain

    for claim in decided:
        click.echo(f"{status.value}: {plain(claim.name)}  {plain(claim.gloss)}")
    if not decided:
        click.echo(f"Nothing to do: no such claim is left that is not {status.value}.")
    for name, stands in others.items():
        word = "still a draft" if stands.value == "draft" else stands.value
        other = plain(name.rsplit("/", 1)[-1])
        click.echo(
            f"They speak of {other}, which is {word}: until it is accepted they are published "
            "without it, or wait.",
            err=True,
        )
