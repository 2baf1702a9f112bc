"""Puts an article into a question: what the model is told, and the text as data to be read.

The text stands between markers with a code made from it, so that no text can hold its own end.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.extraction.chat.slots import answer_schema

if TYPE_CHECKING:
    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.chat.parts import Part

__all__ = ["RESPONSE_FORMATS", "question"]

_PROMPT: Final = Path(__file__).with_name("prompt.txt").read_text(encoding="utf-8")

RESPONSE_FORMATS: Final[tuple[dict[str, Any] | None, ...]] = (
    {
        "type": "json_schema",
        "json_schema": {"name": "article", "strict": True, "schema": answer_schema()},
    },
    {"type": "json_object"},
    None,
)
"""How an answer is asked for, from the strictest; None: by the prompt alone."""


def question(article: Article, part: Part) -> list[dict[str, str]]:
    """The messages that ask a model for the facts in a part of an article."""
    return [
        {"role": "system", "content": f"{_PROMPT}\n{_form()}"},
        {"role": "user", "content": _told(article, part)},
    ]


def _told(article: Article, part: Part) -> str:
    text = article.text
    lines = [f"[{number}] {text[span.start : span.end]}" for number, span in part.sentences]
    code = sha256(text.encode()).hexdigest()[:16]
    return "\n".join(
        (
            f"Published: {article.published.isoformat()}",
            f"<article-{code}>",
            *lines,
            f"</article-{code}>",
            "List what the article states, as one JSON object.",
        )
    )


def _form() -> str:
    """The form of an answer in words, for endpoints that enforce no schema."""
    lists = answer_schema()["properties"]
    lines = [f'"{name}": [{_shown(each["items"])}]' for name, each in lists.items()]
    return "The form of the answer:\n{\n" + ",\n".join(lines) + "\n}\n"


def _shown(schema: dict[str, Any]) -> str:
    if "properties" in schema:
        inner = (f'"{name}": {_shown(each)}' for name, each in schema["properties"].items())
        return "{" + ", ".join(inner) + "}"
    if "items" in schema:
        return f"[{_shown(schema['items'])}]"
    if "enum" in schema:
        return " | ".join(f'"{choice}"' for choice in schema["enum"])
    kinds = schema["type"]
    return " | ".join([kinds] if isinstance(kinds, str) else kinds)
