"""From the plain text of an article to draft claims, for a person to review.

```
article ->  reading    tokens, sentences, kinds of lines; offsets stay those of the text
        ->  names      who and what is named; each mention, by name, role or pronoun
        ->  phrases    each sentence as a row of phrases and words
        ->  finding    one module per kind of fact, over the patterns in rules/*.toml
        ->  Draft      entities and facts, each with its words and the rule that found it
```

`chat` is a second extractor behind the same interface. What becomes of a draft is told in
`warrantgraph.drafting` and `warrantgraph.reviewing`.
"""

from warrantgraph.extraction.article import Article, Extractor
from warrantgraph.extraction.facts import Draft

__all__ = ["Article", "Draft", "Extractor"]
