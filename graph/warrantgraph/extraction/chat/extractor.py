"""The extractor that asks a model, and believes nothing of what it answers without the words."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.errors import ExtractionError
from warrantgraph.extraction.chat.naming import Naming
from warrantgraph.extraction.chat.parts import divide
from warrantgraph.extraction.chat.questions import question
from warrantgraph.extraction.chat.rejections import Rejections
from warrantgraph.extraction.chat.settings import ChatSettings, variable
from warrantgraph.extraction.chat.slots import FACT_TYPES
from warrantgraph.extraction.facts import Draft, Evidence
from warrantgraph.sentences import Span, split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.chat.parts import Part
    from warrantgraph.extraction.facts import Fact

__all__ = ["ChatExtractor"]

_MOST_LISTED: Final = 500
"""Items of one list that an answer may have; a model that lists more goes in circles."""
_NOWHERE: Final = Evidence(Span(0, 0), "")


class ChatExtractor:
    """Finds facts by asking a model at a chat endpoint, as `warrantgraph.extraction.Extractor`.

    Without settings, those of the environment count. Nothing is sent before `extract` is called;
    `wait` is called with the seconds between attempts. Inside a running event loop it cannot work.

    Raises:
        ExtractionError: no model is configured, or the libraries for it are not installed.
    """

    def __init__(
        self,
        settings: ChatSettings | None = None,
        *,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._settings = ChatSettings.from_environment() if settings is None else settings
        try:
            from warrantgraph.extraction.chat.asking import Conversation
            from warrantgraph.extraction.chat.reading import FactReader
        except ModuleNotFoundError as error:
            raise ExtractionError(
                f"asking a model needs {error.name}, which is not installed",
                hint="install it with: pip install 'warrantgraph[extract]'",
            ) from None
        self._reader = FactReader
        self._conversation = Conversation(self._settings, wait)
        self.rejections = Rejections()
        """What was left out of the article that was extracted last, by reason."""

    @property
    def name(self) -> str:
        """`chat` and the model."""
        return f"chat {self._settings.model}"

    def extract(self, article: Article) -> Draft:
        """What the model finds in the article and the text bears out.

        Raises:
            ExtractionError: the article is too long, or the model cannot be asked or answers in a
                way that cannot be read.
        """
        self.rejections = Rejections()
        parts = self._parts(article)
        answers = [self._answer(article, part) for part in parts]
        shown = [part.span for part in parts]
        naming = Naming(article.text, zip(shown, answers, strict=True))
        rule = f"chat/{self._settings.model}"
        reader = self._reader(article, naming, rule, self.rejections)
        found = [
            fact
            for part, answer in zip(parts, answers, strict=True)
            for fact in reader.read(answer, part)
        ]
        return Draft(naming.entities(), self._each_once(found), self.name)

    def _parts(self, article: Article) -> tuple[Part, ...]:
        longest = self._settings.longest_article
        if len(article.text) > longest:
            raise ExtractionError(
                f"the article has {len(article.text):,} characters;"
                f" a model is asked about {longest:,} at most"
            )
        try:
            article.text.encode()
        except UnicodeEncodeError as error:
            raise ExtractionError(
                f"the article has half a character at {error.start}: it was decoded wrongly"
            ) from None
        sentences = split_sentences(article.text, article.language)
        return divide(sentences, self._settings.part_length)

    def _answer(self, article: Article, part: Part) -> Mapping[str, Any]:
        answer = self._conversation.ask(question(article, part))
        for name in ("entities", *FACT_TYPES):
            listed = answer.get(name)
            if isinstance(listed, list) and len(listed) > _MOST_LISTED:  # pyright: ignore[reportUnknownArgumentType]
                raise ExtractionError(
                    f"the model lists more than {_MOST_LISTED} {name}, which cannot be meant",
                    hint=f"try another model, or lower {variable('part_length')}",
                )
        return answer

    def _each_once(self, found: Iterable[Fact]) -> tuple[Fact, ...]:
        """The facts in the order of the text; the same one in the same words counts once."""
        kept: dict[Fact, list[Fact]] = {}
        for fact in found:
            same = kept.setdefault(replace(fact, evidence=_NOWHERE), [])
            if any(_overlap(fact.evidence.span, other.evidence.span) for other in same):
                self.rejections.repeated += 1
            else:
                same.append(fact)
        order = {fact_type: place for place, fact_type in enumerate(FACT_TYPES.values())}
        everything = (fact for same in kept.values() for fact in same)
        return tuple(sorted(everything, key=lambda each: (each.evidence.span, order[type(each)])))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
