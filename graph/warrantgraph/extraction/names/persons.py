"""Persons: capitalised words that are no other name, and what around them shows a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.words import folded_words, is_role, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.names.found import Taken
    from warrantgraph.extraction.names.page import Page

__all__ = ["find_persons", "run_of_name"]

_SURNAMES_TOO = frozenset(
    [
        "king",
        "prince",
        "pope",
        "bishop",
        "major",
        "judge",
        "guard",
        "warden",
        "dean",
        "earl",
        "shah",
    ]
)
"""Functions and titles that are surnames too."""

_INNER = frozenset(["sultan", "shah", "sheikh", "haji", "mullah"])
"""Titles that stand within a name too: "Ismail Sultan Ibrahim"."""

_LONGEST = 7
_MARKS = frozenset("\"“”'‘’")
_NICKNAME = 4
_AFTER_NAMES = _MARKS | frozenset(
    ["KC", "QC", "SC", "MP", "MEP", "MPP", "OBE", "CBE", "PhD", "MD", "JD"]
)


def find_persons(page: Page, taken: Taken) -> Iterator[Found]:
    """Names of persons among the words that no other name has."""
    place, count = 0, len(page.words)
    while place < count:
        if not page.capital[place] or not _may_be_name(page, taken, place):
            place += 1
            continue
        end = run_of_name(page, taken, place)
        yield from _in_run(page, taken, place, end)
        place = max(end, place + 1)


def _may_be_name(page: Page, taken: Taken, place: int) -> bool:
    word = page.words[place]
    return (
        page.sentence[place] != 0
        and not page.credit[place]
        and taken.free(place)
        and word[0].isalpha()
        and not any(c.isdigit() or c == "/" for c in word)
    )


def run_of_name(page: Page, taken: Taken, start: int) -> int:
    """The end of the capitalised words, with particles and a nickname among them."""
    end = start + 1
    while page.together(start, end) and end - start < 2 * _LONGEST and taken.free(end):
        if page.folded[end - 1] in _LAST:
            break
        if page.capital[end] and _may_be_name(page, taken, end):
            end += 1
        elif (jump := _joined(page, taken, start, end)) > end:
            end = jump
        else:
            break
    return end


_LAST = frozenset(["jr.", "sr.", "jr", "sr"])


def _joined(page: Page, taken: Taken, start: int, place: int) -> int:
    """Past particles or a nickname in quotation marks that lead to a further name word."""
    after = place
    particles = folded_words("persons", "particles")
    if page.words[place : place + 2] == ["a", "/"] and page.small(place + 2) in ("p", "l"):
        after = place + 3
    while page.small(after) in particles and page.lower[after] and after - place <= 2:
        after += 1
    if after == place and page.word(place) in _MARKS:
        after += 1
        while after - place < _NICKNAME and page.together(start, after) and page.capital[after]:
            after += 1
        if after == place + 1 or page.word(after) not in _MARKS:
            return place
        after += 1
    if after == place or not page.together(start, after) or not page.capital[after]:
        return place
    return after + 1 if _may_be_name(page, taken, after) else place


def _in_run(page: Page, taken: Taken, start: int, end: int) -> Iterator[Found]:
    """The persons of a run: what follows a function or a title is a name of its own."""
    begin = start
    for place in range(start, end + 1):
        if place == end or (_before_name(page, place) and not _is_surname(page, begin, place, end)):
            name = _trimmed(page, begin, place)
            if name is not None and _is_person(page, *name):
                yield Found(*_with_particle(page, taken, *name), EntityKind.PERSON)
            begin = place + 1


def _before_name(page: Page, place: int) -> bool:
    word = page.folded[place]
    return is_role(word) or is_title(word) or word in folded_words("roles", "modifiers")


def _is_surname(page: Page, begin: int, place: int, end: int) -> bool:
    given = folded_words("persons", "given")
    word, before = page.folded[place], page.folded[place - 1]
    if place == begin or _before_name(page, place - 1):
        return False
    if place != end - 1:
        return word in _INNER and before in given
    a_title_alone = is_title(word) and not is_role(word) and word.isalpha()
    return word in given or a_title_alone or (word in _SURNAMES_TOO and before in given)


def _trimmed(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Without the word that only begins the sentence, and without marks at the ends."""
    while start < end:
        word = page.folded[start]
        begins = page.first[start] or page.loud[start]
        starter = begins and word in folded_words("other", "starters")
        if not starter and not page.lower[start] and word not in _MARKS:
            break
        start += 1
    while end > start and (page.lower[end - 1] or page.words[end - 1] in _AFTER_NAMES):
        end -= 1
    return (start, end) if start < end else None


def _with_particle(page: Page, taken: Taken, start: int, end: int) -> tuple[int, int]:
    """With a small particle before a name: "de la Rosa", "bin Laden"."""
    leading = folded_words("persons", "leading")
    while page.together(start - 1, start) and page.small(start - 1) in leading:
        if not page.lower[start - 1] or not taken.free(start - 1):
            break
        start -= 1
    return start, end


def _is_person(page: Page, start: int, end: int) -> bool:
    words = page.folded[start:end]
    if len(words) > _LONGEST or words[-1] in _not_last():
        return False
    if len(words) == 1:
        return _is_single_person(page, start)
    if any(word in folded_words("organizations", "first") for word in words[:1]):
        return False
    strong = _titled(page, start) or _has_given(page, start) or _has_initial(page, start, end)
    if page.loud[start] or all(page.words[place].isupper() for place in range(start, end)):
        return strong and _has_given(page, start) and len(words) <= _IN_HEADLINE
    if strong or _is_shown(page, start, end):
        return True
    if page.small(start - 1) in _PLACE_BEFORE or page.small(start - 1) == "the":
        return False
    if page.small(start - 1) in _TITLED_WORKS or words[0] in _ARTICLES or words[0][:2] == "l'":
        return False
    inside = folded_words("organizations", "inside")
    if page.small(start - 1) in inside and page.capital_at(start - 1):
        return False
    particles = folded_words("persons", "particles")
    words = [word for word in words if word not in particles]
    return not any(word in page.common or word in inside for word in words)


_IN_HEADLINE = 2
_TITLED_WORKS = frozenset(["titled", "entitled", "book", "novel", "film", "album", "documentary"])
_ARTICLES = frozenset(["los", "las", "les", "el", "la", "le", "il", "die", "das", "der"])
_REIGNS = frozenset(["administration", "regime", "loyalists", "era", "presidency", "dynasty"])
_PLACE_BEFORE = frozenset(["in", "at", "near", "outside", "around", "across", "toward", "towards"])


def _is_single_person(page: Page, start: int) -> bool:
    """Whether one word alone is a person's name: after a title, or before ", 40," or ", who"."""
    word, titled = page.folded[start], _titled(page, start)
    if page.loud[start] or len(word) == 1 or page.words[start].endswith("."):
        return False
    if page.words[start].isupper() or word in page.common:
        return False
    if page.small(start - 1) in _PLACE_BEFORE or page.small(start - 1) == "from":
        return False
    if titled:
        return True
    if page.small(start + 1) in _REIGNS and page.together(start, start + 1):
        return word not in _not_last() | folded_words("organizations", "inside", "before")
    if page.first[start] and word in folded_words("other", "starters"):
        return False
    before = start - 2 if page.word(start - 1) == "," else start - 1
    if page.small(before) in folded_words("persons", "kin") and page.lower[before]:
        return page.together(before, start)
    return _is_aged(page, start + 1) or _has_role_after(page, start + 1)


def _has_given(page: Page, start: int) -> bool:
    word = page.folded[start]
    given = folded_words("persons", "given")
    return word in given or ("-" in word and all(part in given for part in word.split("-")))


def _titled(page: Page, start: int) -> bool:
    """Whether a function or a title stands right before, or before small particles."""
    leading = folded_words("persons", "leading")
    while page.small(start - 1) in leading and page.together(start - 1, start):
        start -= 1
    before = page.small(start - 1)
    if not page.together(start - 1, start):
        return False
    if before == ")":
        return page.small(start - 2) in ("retd", "ret", "ret.", "retired")
    if is_title(before) or before.rstrip(".") in ("mr", "ms", "mrs", "dr"):
        return page.capital[start - 1]
    return is_role(before) and (page.capital[start - 1] or not before.endswith("s"))


def _is_shown(page: Page, start: int, end: int) -> bool:
    """Whether the words after or before a name are those that stand beside persons."""
    if _is_aged(page, end) or _has_role_after(page, end):
        return True
    if page.word(end) == "," and page.small(end + 1) in folded_words("persons", "shown_after"):
        return True
    kin = folded_words("persons", "kin")
    return page.small(start - 1) in kin or (
        page.word(start - 1) == "," and page.small(start - 2) in kin
    )


def _is_aged(page: Page, end: int) -> bool:
    """Whether an age, ", who" or the like follows between commas."""
    if page.word(end) != "," or not page.together(end, end + 1):
        return False
    after = page.word(end + 1)
    age = after.isdigit() and len(after) == 2 and page.word(end + 2) in (",", ".")
    return age or after in ("who", "whose", "aged")


def _has_role_after(page: Page, end: int) -> bool:
    """Whether ", a human rights activist" follows."""
    if page.word(end) != "," or not page.together(end, end + 1):
        return False
    if page.small(end + 1) not in ("a", "an", "the", "his", "her", "their"):
        return False
    for place in range(end + 2, min(end + 2 + _ROLE_REACH, len(page.words))):
        word = page.folded[place]
        if is_role(word):
            return page.small(place + 1) in (
                ",",
                "of",
                "for",
                "who",
                "and",
                "at",
                "in",
                "with",
                "from",
            )
        if not page.together(end, place) or not (word[0].isalnum() or word == "'s"):
            return False
    return False


_ROLE_REACH = 5


def _has_initial(page: Page, start: int, end: int) -> bool:
    return any(
        len(word) <= 4 and word.endswith(".") and word[0].isupper()
        for word in page.words[start:end]
    )


def _not_last() -> frozenset[str]:
    return folded_words("other", "endings") | folded_words("organizations", "heads")
