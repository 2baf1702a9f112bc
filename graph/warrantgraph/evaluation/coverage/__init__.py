"""How much of a curated source an extractor would have drafted, claim by claim.

```
source folder  ->  measuring   the extractor drafts the same text into a folder that is thrown away
both folders   ->  reading     their claims, expanded: words, speaker, contents
               ->  kinds       what sort of thing a claim speaks of, and what identifies it
               ->  comparing   each curated claim with the drafts that share words with it
               ->  showing     table, Markdown, JSON
```
"""

from warrantgraph.evaluation.coverage.measuring import measure_coverage

__all__ = ["measure_coverage"]
