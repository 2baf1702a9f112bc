"""The review of drafted claims: a person accepts, mends or rejects each.

`session` asks claim after claim on a terminal, `batch` decides those that are named. Both change
nothing in `claims.ttl` but the status of a claim, who decided it and when (`deciding`), and write
each decision at once and whole (`saving`).
"""

__all__: list[str] = []
