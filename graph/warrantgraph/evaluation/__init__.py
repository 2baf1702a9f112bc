"""How well an extractor finds what texts state: precision, recall and F1 against gold facts.

```
GOLD_DIR  ->  gold        texts with what they state, read and checked
extractor ->  predicted   its drafts in the schema of the gold
both      ->  names, wording, rules    when a prediction finds a gold record
          ->  matching    pairs, one to one; what is missed and what is invented
          ->  scoring     counts per text, slots of the pairs, confusion of states
          ->  tally       precision, recall, F1, with an interval over the texts
```
"""
