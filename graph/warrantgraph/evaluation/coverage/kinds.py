"""The kinds of what claims speak of, and the properties by which two of them are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["GROUPS", "KINDS", "OTHER", "Kind", "kind_of_class", "name_group"]

_INSTRUMENTS: Final = ("ArrestWarrant", "Indictment", "RedNotice", "Summons")
_DOCUMENTS: Final = ("Document", "NewsArticle", "OfficialStatement", "ResearchReport")
OTHER: Final = "other"
"""The group of what has no kind of its own."""


@dataclass(frozen=True)
class Kind:
    """Classes of contents that are alike.

    `keys` has, for each class, the properties whose values say which one it is; `/` leads on from
    the value. `drafted` says whether any extractor has a type of fact for it.
    """

    name: str
    keys: Mapping[str, tuple[str, ...]]
    drafted: bool = True


KINDS: Final = (
    Kind(
        "warrants",
        {
            "WarrantIssuance": ("producedInstrument/namesSubject",),
            "InstrumentIssuance": ("producedInstrument/namesSubject",),
            "InstrumentApplication": ("personSought",),
            **dict.fromkeys(_INSTRUMENTS, ("namesSubject",)),
        },
    ),
    Kind("sanctions", {"SanctionDesignation": ("sanctionTarget",)}),
    Kind("statuses", {"StatusRecord": ("statusOf/namesSubject", "statusValue")}),
    Kind(
        "offices",
        {
            "OfficeTenure": ("tenureHolder", "tenureOffice"),
            "EndedTenure": ("tenureHolder", "tenureOffice"),
            "PublicRole": ("roleHolder",),
        },
    ),
    Kind("membership", {"TreatyRelation": ("relationState", "relationCourt", "treatyStatus")}),
    Kind("quantities", {"QuantityEstimate": ("lowerBound", "upperBound")}),
    Kind(
        "events",
        {
            "PossibleEvent": ("describedParticipant",),
            "PlannedEvent": ("describedParticipant",),
        },
    ),
    Kind("accusations", {"AllegedConduct": ("allegedAgent",)}),
    Kind("affiliations", {"Affiliation": ("affiliatedPerson", "affiliatedWith")}, drafted=False),
    Kind(
        "jurisdiction",
        {"JurisdictionAcceptance": ("acceptingState", "acceptedCourt")},
        drafted=False,
    ),
    Kind(
        "documents",
        dict.fromkeys(_DOCUMENTS, ("authoredBy", "headline", "publishedBy")),
        drafted=False,
    ),
    Kind("mentions", {"Mention": ("refersTo",)}, drafted=False),
)
"""The most telling first: a claim with several kinds of contents is counted under the first."""

_BY_CLAIM: Final = {
    "Accusation": "accusations",
    "Finding": "findings",
    "Characterization": "answers",
    "Denial": "answers",
    "NonAnswer": "answers",
    "Statement": "statements",
}
GROUPS: Final = tuple(
    dict.fromkeys(
        (
            *(kind.name for kind in KINDS if kind.drafted),
            *_BY_CLAIM.values(),
            *(kind.name for kind in KINDS),
            OTHER,
        )
    )
)
"""The groups that claims are counted in; what extractors look for comes first."""

_BY_CLASS: Final = {name: kind for kind in KINDS for name in kind.keys}


def kind_of_class(name: str) -> Kind | None:
    """The kind of a class of the ontology, None for one that no kind holds.

    >>> kind_of_class("Summons").name
    'warrants'
    """
    return _BY_CLASS.get(name)


def name_group(claim_class: str, content_classes: Iterable[str]) -> tuple[str, bool]:
    """The group under which a claim is counted, and whether extractors look for such.

    >>> name_group("Denial", []), name_group("Claim", ["Mention", "OfficeTenure"])
    (('answers', True), ('offices', True))
    """
    if claim_class in _BY_CLAIM:
        return _BY_CLAIM[claim_class], True
    classes = set(content_classes)
    kind = next((kind for kind in KINDS if classes & kind.keys.keys()), None)
    return (kind.name, kind.drafted) if kind else (OTHER, False)
