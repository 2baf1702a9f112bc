"""The rules, one TOML file per family; how to read them: `warrantgraph.extraction.patterns`."""

__all__: list[str] = []
