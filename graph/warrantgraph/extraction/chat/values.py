"""Reads one value of a fact that a model gave, as the kind of its field wants it.

What a fact cannot be without must be right, or the fact is left out; a date, crime or wording that
it can be without is left out by itself, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from warrantgraph.extraction.chat.dates import written_date
from warrantgraph.extraction.chat.rejections import LeftOutError, Reason
from warrantgraph.extraction.chat.slots import CRIME_CATEGORIES, Slot, SlotKind
from warrantgraph.extraction.chat.support import check_crime
from warrantgraph.extraction.facts import StatedCrime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.chat.quotes import Reading
    from warrantgraph.extraction.chat.rejections import Rejections
    from warrantgraph.extraction.facts import WrittenDate
    from warrantgraph.sentences import Span

__all__ = ["ValueReader"]

_DETAILS: Final = frozenset({SlotKind.WORDS, SlotKind.TEXT, SlotKind.DATE})
_LARGEST_COUNT: Final = 10**11


@dataclass(frozen=True)
class ValueReader:
    """Reads the values of one fact, whose quote is found already."""

    article: Article
    reading: Reading
    quote: Span
    rejections: Rejections

    def value(self, slot: Slot, given: object) -> Any:  # noqa: ANN401 - of the field's type
        """The value of a field.

        Raises:
            LeftOutError: the fact cannot be without it, or says something else with it.
        """
        if slot.kind in (SlotKind.TEXTS, SlotKind.CRIMES):
            return self._several(slot.kind, given)
        if given is None or given == "":
            if not slot.optional:
                raise LeftOutError(Reason.NOT_A_FACT)
            return slot.default
        try:
            return self._one(slot, given)
        except LeftOutError as error:
            if not slot.optional or slot.kind not in _DETAILS:
                raise
            self.rejections.details[error.reason] += 1
            return slot.default

    def _one(self, slot: Slot, given: object) -> object:
        match slot.kind, given:
            case SlotKind.WORDS, str():
                find = self.reading.speech if slot.name == "quoted" else self.reading.words
                return find(given, self.quote)
            case SlotKind.TEXT, str():
                self.reading.words(given, self.quote)
                return given
            case SlotKind.DATE, str():
                return self._date(given)
            case SlotKind.CHOICE, str() if slot.choices:
                if given not in tuple(slot.choices):
                    raise LeftOutError(Reason.WRONG_VALUE)
                return slot.choices(given)
            case SlotKind.TRUTH, bool():
                return given
            case SlotKind.COUNT, int() if not isinstance(given, bool):
                if not 0 <= given < _LARGEST_COUNT:
                    raise LeftOutError(Reason.WRONG_VALUE)
                return given
            case _:
                raise LeftOutError(Reason.NOT_A_FACT)

    def _date(self, given: str) -> WrittenDate:
        date = written_date(self.article, self.reading.words(given, self.quote))
        if date is None:
            raise LeftOutError(Reason.DATE_NOT_READ)
        return date

    def _several(self, kind: SlotKind, given: object) -> tuple[object, ...]:
        found: dict[object, None] = {}
        for item in cast("list[object]", given) if isinstance(given, list) else []:
            try:
                found[self._crime(item) if kind is SlotKind.CRIMES else self._text(item)] = None
            except LeftOutError as error:
                self.rejections.details[error.reason] += 1
        return tuple(found)

    def _text(self, given: object) -> str:
        if not isinstance(given, str):
            raise LeftOutError(Reason.NOT_A_FACT)
        self.reading.words(given, self.quote)
        return given

    def _crime(self, given: object) -> StatedCrime:
        if not isinstance(given, dict):
            raise LeftOutError(Reason.NOT_A_FACT)
        item = cast("Mapping[str, object]", given)
        category, wording = item.get("category"), item.get("wording")
        if not isinstance(category, str) or category not in CRIME_CATEGORIES:
            raise LeftOutError(Reason.WRONG_VALUE)
        check_crime(self.article, category)
        if wording is None or wording == "":
            return StatedCrime(category)
        if not isinstance(wording, str):
            raise LeftOutError(Reason.NOT_A_FACT)
        return StatedCrime(category, wording, span=self.reading.words(wording, self.quote))
