"""How well an extractor finds what texts state: precision, recall and F1 against gold facts.

```
GOLD_DIR  ->  gold        texts with what they state, read and checked
extractor ->  running     its drafts, and how long they took
          ->  predicted   the drafts in the schema of the gold
both      ->  rules       when a prediction finds a gold record: names, wording
          ->  matching    pairs, one to one; what is missed and what is invented
          ->  scoring     counts per text, slots of the pairs, confusion of states
          ->  report      figures over groups of texts, with intervals (tally)
          ->  printing, structured    tables, Markdown, JSON
```

`mistakes` lists what went wrong, `ablation` what each rule brings, `requirements` holds figures
against bounds.
"""

from warrantgraph.evaluation.gold import Document, list_documents, read_document
from warrantgraph.evaluation.records import Facts, FactType
from warrantgraph.evaluation.running import Run, run_extractor
from warrantgraph.evaluation.scoring import Score, View, score

__all__ = [
    "Document",
    "FactType",
    "Facts",
    "Run",
    "Score",
    "View",
    "list_documents",
    "read_document",
    "run_extractor",
    "score",
]
