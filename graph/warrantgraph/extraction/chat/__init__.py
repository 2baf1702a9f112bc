"""A second extractor: asks a model behind an OpenAI-compatible chat endpoint. Off by itself.

```
article ->  parts       sentences in a row, that a model can read at once
        ->  questions   the prompt, the text as data, the form of the answer (slots)
        ->  asking      again where the endpoint is busy, in simpler form where it refuses one
        ->  endpoint    one attempt over HTTP, within bounds of time and size
        ->  answers     the JSON object in what came back
        ->  naming      who is named, looked up in the text
        ->  reading     each fact checked against the text: its quote verbatim, or left out
        ->  Draft       and `rejections`: what was left out, by reason
```
"""

from warrantgraph.extraction.chat.extractor import ChatExtractor
from warrantgraph.extraction.chat.rejections import Reason, Rejections
from warrantgraph.extraction.chat.settings import ChatSettings

__all__ = ["ChatExtractor", "ChatSettings", "Reason", "Rejections"]
