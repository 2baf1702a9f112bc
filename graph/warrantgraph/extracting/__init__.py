"""From files on disk to drafts in a folder of sources: what surrounds `warrantgraph.extraction`.

```
paths, standard input  ->  inputs    one article after the other, with what is known of each
                       ->  texts     refuses what is no plain English text, and says why
                       ->  batch     in order, with few in hand, and what is there already skipped
                       ->  workers   processes with bounds; one that dies is replaced
                       ->  worker    in such a process: extracts, and writes into a staging folder
                       ->  places    renames the finished source into its place
```

Nothing here reads language: that is `warrantgraph.extraction`. Nothing here writes claims: that is
`warrantgraph.drafting`.
"""

__all__: list[str] = []
