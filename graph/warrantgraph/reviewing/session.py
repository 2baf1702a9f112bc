"""One reviewer at one source: shows draft after draft, and writes each decision at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from warrantgraph.errors import CurationError, InputError
from warrantgraph.namespaces import CURATION
from warrantgraph.reviewing.answers import END, Answer
from warrantgraph.reviewing.deciding import Decision, decide, now, status_of
from warrantgraph.reviewing.drafts import contents, depends_on, list_claims
from warrantgraph.reviewing.editing import edit_claim
from warrantgraph.reviewing.rules import explain
from warrantgraph.reviewing.screen import Shown
from warrantgraph.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib import URIRef

    from warrantgraph.reviewing.blocks import BlockText
    from warrantgraph.reviewing.desk import Desk
    from warrantgraph.reviewing.drafts import Claim
    from warrantgraph.reviewing.saving import Change

__all__ = ["Session"]

_QUESTION: Final = "[a]ccept [r]eject [e]dit [s]kip [u]ndo [A]ll [q]uit [?]"
_HELP: Final = """\
a  accept: the words say this, and the claim says no more
r  reject: it stays in the file and is published nowhere; a reason may be given
e  edit the claim in your editor (VISUAL or EDITOR), then look at it again
s  skip: it stays a draft
u  undo the last decision
A  accept this claim and all other drafts of its sentence
q  quit; every decision is saved already
?  this help"""


@dataclass
class Session:
    """A review from the first draft to the last, or to `q`."""

    desk: Desk
    reviewer: str
    chosen: Callable[[Sequence[Claim]], Sequence[Claim]]
    skipped: set[URIRef] = field(default_factory=set["URIRef"])
    done: list[tuple[Change, dict[URIRef, Status]]] = field(
        default_factory=list["tuple[Change, dict[URIRef, Status]]"]
    )

    def run(self) -> None:
        """Ask until nothing is left or the reviewer quits; however it ends, say what was decided.

        Raises:
            InputError, OSError: in a script, whose answers would then meet other questions; on a
                terminal the reviewer is told and asked again.
        """
        try:
            while self._goes_on():
                pass
        finally:
            self._sum_up()

    def _goes_on(self) -> bool:
        """Meet the next draft; false where there is none, or the reviewer quits."""
        try:
            drafts = self._drafts(self.desk.file.read())
            return bool(drafts) and self._meet(drafts[0], len(drafts))
        except (InputError, OSError) as error:
            if not self.desk.answers.terminal:
                raise
            self.desk.screen.warn(str(error))
            return self._key("Press a key to try again, q to quit").key != END

    def counts(self) -> dict[Status, int]:
        """How many claims were decided, by decision."""
        statuses = [status for _, decided in self.done for status in decided.values()]
        return {status: statuses.count(status) for status in (Status.ACCEPTED, Status.REJECTED)}

    def _drafts(self, blocks: BlockText) -> list[Claim]:
        return [
            claim
            for claim in self.chosen(list_claims(blocks, self.desk.source))
            if claim.status is Status.DRAFT and claim.iri not in self.skipped
        ]

    def _meet(self, claim: Claim, left: int) -> bool:
        """Show a claim and do what the reviewer wants; false where that is to quit."""
        desk = self.desk
        blocks = desk.file.read()
        before = sum(self.counts().values()) + len(self.skipped)
        shown = Shown(
            number=before + 1,
            total=before + left,
            kind=desk.wording.kind(blocks, claim.iri),
            says=desk.wording.says(blocks, claim.iri, desk.source.metadata.label),
            states=desk.wording.states(blocks, claim.iri),
            explanation=explain(claim.rule),
        )
        desk.screen.claim(claim, desk.source, shown)
        while True:
            answer = self._key(_QUESTION)
            if answer.key == END:
                return False
            if answer.key != "?":
                break
            desk.screen.say(_HELP)
        self._obey(answer, claim, blocks)
        return True

    def _obey(self, answer: Answer, claim: Claim, seen: BlockText) -> None:
        screen = self.desk.screen
        if answer.key == "a":
            self._accept([claim], claim, seen)
        elif answer.key == "A":
            beside = [
                other
                for other in self._drafts(seen)
                if other.sentences[:1] == claim.sentences[:1] and other.iri != claim.iri
            ]
            self._accept([claim, *beside], claim, seen)
        elif answer.key == "r":
            self._reject(claim, seen, answer.rest)
        elif answer.key == "e":
            self._edit(claim)
        elif answer.key == "s":
            self.skipped.add(claim.iri)
            screen.say("Skipped.")
        elif answer.key == "u":
            self._undo()
        elif self.desk.answers.terminal:
            screen.say("This key means nothing here; ? tells the keys.")
        else:
            raise _no_key(answer.key)

    def _accept(self, claims: Sequence[Claim], met: Claim, seen: BlockText) -> None:
        targets = [claim.iri for claim in claims]
        others = depends_on(seen, targets)
        drafts = [iri for iri, status in others.items() if status is Status.DRAFT]
        screen = self.desk.screen
        for iri, status in others.items():
            what = "still a draft" if status is Status.DRAFT else "rejected"
            screen.say(f"It needs a claim that is {what}: {self.desk.wording.value(seen, iri)}")
        if others and not drafts:
            screen.say("Until that is accepted, it is published without it, or waits.")
        if drafts:
            screen.say("Accepted alone, it is published without those, or waits for them.")
            key = self._choice("Accept those too? [y]es [n]o, this alone [c]ancel", "ync")
            if key == "c":
                return
            targets += drafts if key == "y" else []
        self._decide(targets, Status.ACCEPTED, met, seen)

    def _reject(self, claim: Claim, seen: BlockText, reason: str | None) -> None:
        answers = self.desk.answers
        if reason is None:
            reason = answers.line(lambda: self.desk.screen.ask("Reason (may be empty):"))
        self._decide([claim.iri], Status.REJECTED, claim, seen, reason)

    def _decide(
        self, targets: list[URIRef], status: Status, met: Claim, seen: BlockText, reason: str = ""
    ) -> None:
        decision = Decision(status, self.reviewer, now(), reason)
        decided: dict[URIRef, Status] = {}

        def edit(blocks: BlockText) -> BlockText:
            _require_unchanged(blocks, seen, met)
            open_ = [iri for iri in targets if status_of(blocks, iri) is Status.DRAFT]
            decided.update(dict.fromkeys(open_, status))
            return decide(blocks, open_, decision, self.desk.file.path)

        change = self.desk.file.change(edit)
        self.done.append((change, decided))
        names = ", ".join(iri.rsplit("/", 1)[-1] for iri in decided)
        self.desk.screen.say(f"{status.value.capitalize()}: {names}.", "green")

    def _edit(self, claim: Claim) -> None:
        desk = self.desk
        change = edit_claim(desk.file, claim.iri, desk.checks, desk.screen, self._choice)
        if change is not None:
            self.done.append((change, {}))
            desk.screen.say("Saved.")

    def _undo(self) -> None:
        if not self.done:
            self.desk.screen.say("Nothing was decided yet.")
            return
        change, decided = self.done[-1]
        self.desk.file.undo(change)
        self.done.pop()
        names = ", ".join(iri.rsplit("/", 1)[-1] for iri in decided)
        what = f"a draft again: {names}" if names else "the edit"
        self.desk.screen.say(f"Undone: {what}.")

    def _key(self, question: str) -> Answer:
        answer = self.desk.answers.key(lambda: self.desk.screen.ask(question))
        self.desk.screen.say("" if answer.ended else answer.key)
        return answer

    def _choice(self, question: str, keys: str) -> str:
        """One of some keys; the last of them where the input ends."""
        while True:
            answer = self._key(question)
            if answer.key in keys:
                return answer.key
            if answer.ended or answer.key == END:
                return keys[-1]
            if not self.desk.answers.terminal:
                raise _no_key(answer.key)

    def _sum_up(self) -> None:
        counts = self.counts()
        said = [f"{number} {status.value}" for status, number in counts.items()]
        if self.skipped:
            said.append(f"{len(self.skipped)} skipped")
        self.desk.screen.say(f"\nEnd of the review: {', '.join(said)}.")


def _no_key(key: str) -> CurationError:
    return CurationError("this key means nothing here", value=key, hint="? tells the keys")


def _require_unchanged(blocks: BlockText, seen: BlockText, claim: Claim) -> None:
    """Refuse a decision on what is no longer what the reviewer saw."""
    if status_of(blocks, claim.iri) is not Status.DRAFT:
        by = [str(said.value) for said in blocks.said(claim.iri, CURATION.reviewedBy)]
        who = by[0] if by else "somebody"
        raise CurationError("this claim is no draft any more", value=claim.name, hint=f"see {who}")
    if _words(blocks, claim.iri) != _words(seen, claim.iri):
        raise CurationError(
            "this claim was changed in the file after it was shown; nothing is decided",
            value=claim.name,
            hint="look at it again",
        )


def _words(blocks: BlockText, claim: URIRef) -> list[str]:
    subjects = [claim, *contents(blocks, claim)]
    return [blocks.words(block) for subject in subjects for block in blocks.of(subject)]
