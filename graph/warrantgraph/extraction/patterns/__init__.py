"""The language in which rules are written, and the rules of each family of facts.

A pattern is a row of elements, each of which matches one item of a clause:

| element | matches |
|---|---|
| `word`, `word|other` | these words |
| `<issue>`, `<issue|publish>` | a form of these verbs that states: active, a bare -ed form, -ing |
| `<issue:passive>` | the verb standing so; several with a bar between |
| `<issue!not>`, `<issue:passive!may>` | the verb negated; the verb with a modal |
| `COURT`, `PERSON|GROUP` | a phrase of this kind |
| `AGENT`, `BODY`, `PEOPLE` | any who can act; court, state, organization, group; person, group |
| `{arrest warrant}`, `INSTRUMENT` | an instrument of this kind, of any kind |
| `name:ELEMENT` | the element, kept under a name |
| `ELEMENT?`, `ELEMENT*`, `ELEMENT+` | none or one; any number; one or more |
| `..`, `...` | up to 3, up to 8 items that begin no clause |
| `( A B )?` | a row that may be left out |
| `^`, `$` | the beginning, the end of the clause |

How a verb may stand: `active`, `past` (a bare -ed form), `gerund`, `passive`, `infinitive`,
`infinitive-passive`.
"""

from warrantgraph.extraction.patterns.rules import Found, Rule, RuleSet, load_rules

__all__ = ["Found", "Rule", "RuleSet", "load_rules"]
