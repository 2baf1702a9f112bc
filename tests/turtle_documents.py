"""Random Turtle and TriG documents, written as oddly as the grammars allow."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["line_documents", "turtle_documents"]

_LETTERS = "abez09é·\u0301\U00010400"
_SPACE = st.sampled_from(
    ["", "", " ", " ", "\t", "\n", "\r\n", "\r", ' # it\'s <a> "c" [\n', "#\r", "#\u2028\r\n"]
)
_GAP = st.sampled_from([" ", "\t ", "\n", "\r\n", "\r", " #.\n", " # é\U0001f600\r\n"])
_CHARACTER = st.one_of(
    st.characters(exclude_categories=["Cs"], exclude_characters='\\"\n\r'),
    st.sampled_from(["\\n", '\\"', "\\'", "\\\\", "\\u00e9", "\\U0001F600", "#", ".", "@en", "^^"]),
)
_CHARACTERS = st.lists(_CHARACTER, max_size=6).map("".join)
_LONG = st.lists(
    st.one_of(_CHARACTER, st.sampled_from(["\n", "\r\n", "\r", '"a', '""a'])), max_size=6
)
_LOCAL = st.lists(
    st.one_of(
        st.sampled_from(_LETTERS),
        st.sampled_from(["%2E", "\\.", "\\~", ":", "-x", ".x", "..:", "_"]),
    ),
    max_size=4,
).map(lambda parts: "a" + "".join(parts))
_IRI = st.sampled_from(
    ["<>", "<a>", "<#b>", "<../c?d=e#f>", "<http://e/x%20y>", "<//h/i>", "<\\u0061b>", "<urn:é>"]
)
_PREFIX = st.sampled_from(["", "e", "a", "graph", "x.y", "true", "é-1"])


@st.composite
def _name(draw: st.DrawFn) -> str:
    return f"{draw(_PREFIX)}:{draw(st.one_of(st.just(''), _LOCAL))}"


_NAMED = st.one_of(_IRI, _name())
_LABEL = st.sampled_from(["_:a", "_:b0", "_:a.b", "_:0", "_:é"])


@st.composite
def _literal(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    text = draw(_CHARACTERS) if len(quote) == 1 else "".join(draw(_LONG))
    if quote[0] == "'":
        text = text.replace("\\'", "\0").replace("'", "\\'").replace("\0", "\\'")
    suffix = draw(st.sampled_from(["", "", "@en", "@en-GB-oed", "^^"]))
    if suffix == "^^":
        suffix += draw(_SPACE) + draw(_NAMED)
    return f"{quote}{text}{quote}{draw(_SPACE) if suffix else ''}{suffix}"


_SIMPLE = st.one_of(
    _NAMED,
    _LABEL,
    _literal(),
    st.sampled_from(
        ["true", "false", "0", "-12", "+1.5", ".5", "1e5", "1.E-3", "-.5e+1", "[]", "()"]
    ),
)


@st.composite
def _bracket(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    if draw(st.booleans()):
        members = draw(st.lists(inner, max_size=4))
        return "(" + "".join(f"{draw(_SPACE)}{each}{draw(_GAP)}" for each in members) + ")"
    return f"[{draw(_SPACE)}{draw(_predicates(inner))}{draw(_SPACE)}]"


@st.composite
def _predicates(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        verb = draw(st.one_of(st.just("a"), _NAMED))
        values = [draw(inner) + draw(_GAP) for _ in range(draw(st.integers(1, 3)))]
        parts.append(f"{verb}{draw(_GAP)}" + f",{draw(_SPACE)}".join(values))
    separator = ";" + draw(_SPACE) + draw(st.sampled_from(["", ";;"]))
    return separator.join(parts) + draw(st.sampled_from(["", ";", " ; ;"]))


_OBJECT = st.recursive(_SIMPLE, _bracket, max_leaves=6)


@st.composite
def _triples(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 4)) == 0:
        return f"[{draw(_SPACE)}{draw(_predicates(_OBJECT))}]{draw(_SPACE)}"
    subject = draw(st.one_of(_NAMED, _LABEL, st.just("[ ]"), _bracket(_OBJECT)))
    return f"{subject}{draw(_GAP)}{draw(_predicates(_OBJECT))}{draw(_SPACE)}"


@st.composite
def _directive(draw: st.DrawFn) -> str:
    at = draw(st.booleans())
    if draw(st.booleans()):
        word = "@base" if at else draw(st.sampled_from(["BASE", "base", "bAsE"]))
        body = draw(st.sampled_from(["<http://f/g/h?i#j>", "<k/>", "<../l>", "<>"]))
    else:
        word = "@prefix" if at else draw(st.sampled_from(["PREFIX", "prefix"]))
        namespace = draw(st.sampled_from(["<http://e/n#>", "<m/>", "<#>", "<>"]))
        body = f"{draw(_PREFIX)}:{draw(_SPACE)}{namespace}"
    return f"{word}{draw(_GAP)}{body}{draw(_SPACE)}{'.' if at else ''}{draw(_GAP)}"


@st.composite
def _block(draw: st.DrawFn) -> str:
    name = draw(st.one_of(st.just(""), _NAMED, _LABEL, st.just("[]")))
    keyword = draw(st.sampled_from(["", "GRAPH", "graph"])) if name else ""
    inside = [draw(_triples()) for _ in range(draw(st.integers(0, 3)))]
    end = draw(st.sampled_from(["", "."])) if inside else ""
    return f"{keyword}{draw(_GAP)}{name}{draw(_GAP)}{{{draw(_GAP)}{'. '.join(inside)}{end}}}"


@st.composite
def turtle_documents(draw: st.DrawFn, *, graphs: bool = False) -> str:
    """Draw a document of Turtle, or with `graphs` of TriG; it may need a base."""
    names = ["", "e", "a", "graph", "x.y", "true", "é-1"]
    parts = [f"@prefix {name}:<http://e/{number}/>." for number, name in enumerate(names)]
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.integers(0, 4))
        if kind == 0:
            parts.append(draw(_directive()))
        elif kind == 1 and graphs:
            parts.append(draw(_block()))
        else:
            parts.append(f"{draw(_triples())}{draw(_SPACE)}.{draw(_SPACE)}")
    return "".join(parts)


@st.composite
def line_documents(draw: st.DrawFn, *, graphs: bool = False) -> str:
    """Draw a document of N-Triples, or with `graphs` of N-Quads."""
    blank = st.sampled_from(["", " ", "\t", " \t "])
    iri = st.sampled_from(["<urn:a>", "<http://e/\\u00e9>", "<urn:\\U0001F600>", "<x:é#b?c>"])
    end = st.sampled_from(["\n", "\r\n", "\r", "\n\n", " # <a> .\n", "\n# _:c\r\n\t"])
    suffix = st.sampled_from(["", "@en", "@en-GB", "^^<urn:d>"])
    parts = [draw(end)]
    for _ in range(draw(st.integers(0, 6))):
        literal = f'"{draw(_CHARACTERS)}"{draw(suffix)}'
        terms = [draw(st.one_of(iri, _LABEL)), draw(iri)]
        terms.append(draw(st.one_of(iri, _LABEL, st.just(literal))))
        if graphs and draw(st.booleans()):
            terms.append(draw(st.one_of(iri, _LABEL)))
        parts.append(" ".join(each + draw(blank) for each in terms) + " ." + draw(end))
    return "".join(parts)
