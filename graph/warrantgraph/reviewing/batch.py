"""Decides claims without asking: those that are named, or all drafts of a rule."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from warrantgraph.errors import CurationError
from warrantgraph.namespaces import BASE, ID
from warrantgraph.reviewing.deciding import decide
from warrantgraph.reviewing.drafts import Claim, depends_on, list_claims
from warrantgraph.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib import URIRef

    from warrantgraph.reviewing.blocks import BlockText
    from warrantgraph.reviewing.deciding import Decision
    from warrantgraph.reviewing.saving import ClaimsFile
    from warrantgraph.source import Source

__all__ = ["decide_all", "find_claims", "of_rule"]


def find_claims(claims: Sequence[Claim], names: Sequence[str], source: Source) -> list[Claim]:
    """The claims of these names: `s4-2`, `claim:s4-2`, `claim:<slug>/s4-2` or the whole IRI.

    Raises:
        CurationError: one of them is no claim that was drafted.
    """
    known = {claim.name: claim for claim in claims}
    found: dict[str, Claim] = {}
    for given in names:
        name = given.strip().removeprefix("<").removesuffix(">")
        for prefix in (ID["claim/"], "claim:", f"{source.slug}/"):
            name = name.removeprefix(prefix)
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise CurationError(
                "no drafted claim has this name",
                file=source.claims.path,
                value=given.removeprefix(BASE),
                hint=f"did you mean {near[0]}?" if near else "list them: --list --status all",
            )
        found[name] = known[name]
    return list(found.values())


def of_rule(claim: Claim, rule: str) -> bool:
    """Whether a rule, or one of a family of rules, drafted a claim.

    >>> from rdflib import URIRef
    >>> claim = Claim(URIRef("x:c"), "s1-1", Status.DRAFT, "a/b", "", (), (), (), ())
    >>> of_rule(claim, "a/b"), of_rule(claim, "a"), of_rule(claim, "b")
    (True, True, False)
    """
    return claim.rule == rule or claim.rule.startswith(rule.removesuffix("/") + "/")


def decide_all(
    file: ClaimsFile,
    source: Source,
    choose: Callable[[Sequence[Claim]], Sequence[Claim]],
    decision: Decision,
) -> tuple[list[Claim], dict[URIRef, Status]]:
    """Give claims a decision in one writing: all of them, or on any error none.

    `choose` picks them out of the claims as they are at that moment; one that stands so already
    stays as it is. Returns the claims that were decided, and those that they speak of and that are
    not accepted.

    Raises:
        InputError, OSError: the file cannot be read, changed or written.
    """
    decided: list[Claim] = []
    missing: dict[URIRef, Status] = {}

    def edit(blocks: BlockText) -> BlockText:
        chosen = choose(list_claims(blocks, source))
        decided[:] = [claim for claim in chosen if claim.status is not decision.status]
        after = decide(blocks, [claim.iri for claim in decided], decision, file.path)
        if decision.status is Status.ACCEPTED:
            missing.update(depends_on(after, [claim.iri for claim in decided]))
        return after

    file.change(edit)
    return decided, missing
