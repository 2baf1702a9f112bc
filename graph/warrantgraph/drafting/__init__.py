"""From what an extractor found to a source folder in the curated format, all of it drafts.

```
Draft  ->  cast       who and what it speaks of: IRIs of the authority, or its own
       ->  quoting    words that stand in the article once and hold the evidence
       ->  claims     one claim for each fact, its content, its chain of speakers, its gloss
       ->  writing    article.txt, source.toml, claims.ttl; all of the folder or nothing
```

What the curated format cannot say soundly is left out, and told in a note.
"""

from warrantgraph.drafting.notes import Note
from warrantgraph.drafting.writing import Written, write_source

__all__ = ["Note", "Written", "write_source"]
