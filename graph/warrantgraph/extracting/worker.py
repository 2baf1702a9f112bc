"""The process that extracts, one article after the other.

It is `python -m warrantgraph.extracting.worker`. Its arguments name what makes the extractor, the
writer (`module:name` both), the authority, and the bytes it may take. It says `{"ready": name}`, or
`{"refused": why}` where the extractor cannot be made, and then answers each line of JSON on its
standard input with one:

```
{"summary": ..., "left_out": [[what, why] ...], "draft": ...}     done, written if it was asked for
{"refused": sentence}      nothing can be extracted from this article
{"unwritten": reason}      the draft cannot be written
{"memory": true}           it needs more memory than there may be used; the process ends
{"crash": reason}          the extractor or the writer failed
```
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from warrantgraph.errors import InputError
from warrantgraph.extracting.conformity import find_faults
from warrantgraph.extracting.drafts import draft_as_json, summarize
from warrantgraph.extraction.article import Article
from warrantgraph.extraction.facts import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.extraction.article import Extractor

__all__: list[str] = []

_MOST_FAULTS: Final = 3
_LONGEST: Final = 500


def _main() -> None:
    from warrantgraph.engine.workers.limits import (
        bound_memory,
        die_with_parent,
        prefer_as_victim,
    )

    die_with_parent()
    prefer_as_victim()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    maker, writer_name, authority, memory = sys.argv[1:]
    try:
        extractor: Extractor = _load(maker)(Path(authority))
        writer = partial(_load(writer_name), authority=Path(authority))
        _say(answers, {"ready": extractor.name})
    except InputError as error:
        return _say(answers, {"refused": str(error)})
    except Exception as error:
        return _say(answers, {"crash": _reason(error)})
    bound_memory(int(memory))
    while line := sys.stdin.buffer.readline():
        answer = _answer(extractor, writer, line)
        _say(answers, answer)
        if "memory" in answer:
            return None
    return None


def _load(name: str) -> Any:  # noqa: ANN401 - whatever goes by this name
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


def _say(answers: IO[str], answer: Mapping[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _answer(extractor: Extractor, writer: Any, line: bytes) -> dict[str, Any]:  # noqa: ANN401
    try:
        return _work(extractor, writer, json.loads(line))
    except InputError as error:
        return {"refused": str(error)}
    except OSError as error:
        return {"unwritten": error.strerror or str(error)}
    except MemoryError:
        return {"memory": True}
    except Exception as error:
        return {"crash": _reason(error)}


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the text is nested deeper than the extractor can follow"
    return f"{type(error).__name__}: {error}"[:_LONGEST]


def _work(extractor: Extractor, writer: Any, request: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    about: dict[str, Any] = dict(request["article"])
    about["published"] = date.fromisoformat(about["published"])
    article = Article(**about)
    slug: str = request["slug"]
    draft = extractor.extract(article) if request["extract"] else _nothing(extractor)
    if faults := list(islice(find_faults(draft, article.text), _MOST_FAULTS)):
        return {"crash": f"the draft does not fit the text: {'; '.join(faults)}"[:_LONGEST]}
    answer: dict[str, Any] = {"summary": summarize(draft), "left_out": []}
    if request["staging"] is not None:
        answer["left_out"] = writer(Path(request["staging"], slug), article, draft)
    if request["draft"]:
        answer["draft"] = draft_as_json(draft, article, slug)
    return answer


def _nothing(extractor: Extractor) -> Draft:
    """What is drafted of a text that the extractor cannot read: nothing."""
    return Draft((), (), extractor.name)


if __name__ == "__main__":
    _main()
