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

__all__ = ["find_persons"]

_SURNAMES_TOO = frozenset(["king", "prince", "pope", "bishop", "major", "judge", "guard", "warden"])
"""Functions that are surnames too."""
_LONGEST = 7
_MARKS = frozenset("\"“”'‘’")


def find_persons(page: Page, taken: Taken) -> Iterator[Found]:
    """Names of persons among the words that no other name has."""
    place, count = 0, len(page.words)
    while place < count:
        if not _begins(page, taken, place):
            place += 1
            continue
        end = _run(page, taken, place)
        yield from _in_run(page, taken, place, end)
        place = max(end, place + 1)


def _begins(page: Page, taken: Taken, place: int) -> bool:
    return (
        page.capital[place]
        and page.sentence[place] != 0
        and not page.credit[place]
        and taken.at(place) is None
        and _wordlike(page.words[place])
    )


def _wordlike(word: str) -> bool:
    letters = sum(c.isalpha() for c in word)
    return letters >= 1 and not any(c.isdigit() for c in word)


def _run(page: Page, taken: Taken, start: int) -> int:
    """The end of the capitalised words, with particles and a nickname among them."""
    end = start + 1
    while page.together(start, end) and end - start < 2 * _LONGEST and taken.at(end) is None:
        if page.capital[end] and _wordlike(page.words[end]):
            end += 1
        elif (jump := _joined(page, taken, start, end)) > end:
            end = jump
        else:
            break
    return end


def _joined(page: Page, taken: Taken, start: int, place: int) -> int:
    """Past particles or a nickname in quotation marks that lead to a further name word."""
    after = place
    particles = folded_words("persons", "particles")
    while page.small(after) in particles and page.lower[after] and after - place < 3:
        after += 1
    if after == place and page.word(place) in _MARKS:
        after += 1
        while after - place < 4 and page.together(start, after) and page.capital[after]:
            after += 1
        if after == place + 1 or page.word(after) not in _MARKS:
            return place
        after += 1
    if after == place or not page.together(start, after) or taken.at(after) is not None:
        return place
    return after + 1 if page.capital[after] and _wordlike(page.words[after]) else place


def _in_run(page: Page, taken: Taken, start: int, end: int) -> Iterator[Found]:
    """The persons of a run: what follows a function or a title is a name of its own."""
    begin = start
    for place in range(start, end + 1):
        if place == end or (_before_name(page, place) and not _is_surname(page, begin, place, end)):
            name = _trimmed(page, begin, place)
            if name is not None and _is_person(page, taken, *name):
                yield Found(*_with_particle(page, taken, *name), EntityKind.PERSON)
            begin = place + 1


def _before_name(page: Page, place: int) -> bool:
    word = page.folded[place]
    return is_role(word) or is_title(word) or word in folded_words("roles", "modifiers")


def _is_surname(page: Page, begin: int, place: int, end: int) -> bool:
    if page.folded[place] in folded_words("persons", "given"):
        return True
    return (
        place > begin
        and place == end - 1
        and page.folded[place] in _SURNAMES_TOO
        and page.folded[place - 1] in folded_words("persons", "given")
    )


def _trimmed(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Without the word that only begins the sentence."""
    while start < end:
        word = page.folded[start]
        begins = page.first[start] or page.loud[start]
        starter = begins and word in folded_words("other", "starters")
        if not starter and not page.lower[start] and word not in _MARKS:
            break
        start += 1
    while end > start and (page.lower[end - 1] or page.words[end - 1] in _MARKS):
        end -= 1
    return (start, end) if start < end else None


def _with_particle(page: Page, taken: Taken, start: int, end: int) -> tuple[int, int]:
    """With a small particle before a name: "de la Rosa", "bin Laden"."""
    leading = folded_words("persons", "leading")
    while page.together(start - 1, start) and page.small(start - 1) in leading:
        if not page.lower[start - 1] or taken.at(start - 1) is not None:
            break
        start -= 1
    return start, end


def _is_person(page: Page, taken: Taken, start: int, end: int) -> bool:
    words = page.folded[start:end]
    if len(words) > _LONGEST or words[-1] in _not_last():
        return False
    given = folded_words("persons", "given")
    titled = _titled(page, start)
    if len(words) == 1:
        acronym = page.words[start].isupper()
        if page.loud[start] or len(words[0]) == 1 or (acronym and not titled):
            return False
        if page.first[start] and words[0] in page.common and not titled:
            return False
        return titled or (_shown_after(page, end) and words[0] not in page.common)
    if words[0] in given or titled or _has_initial(page, start, end):
        return True
    if page.loud[start] or all(page.words[place].isupper() for place in range(start, end)):
        return False
    if page.small(start - 1) in _PLACE_BEFORE or page.small(start - 1) == "the":
        return False
    return not any(word in page.common for word in words)


_PLACE_BEFORE = frozenset(["in", "at", "near", "outside", "around", "across", "toward", "towards"])


def _titled(page: Page, start: int) -> bool:
    """Whether a function or a title stands right before."""
    before = page.small(start - 1)
    if not page.together(start - 1, start):
        return False
    if is_title(before) or before.rstrip(".") in ("mr", "ms", "mrs", "dr"):
        return page.capital[start - 1]
    return is_role(before) and not before.endswith("s")


def _shown_after(page: Page, end: int) -> bool:
    """Whether an age or "who" follows between commas."""
    if page.word(end) != "," or not page.together(end, end + 1):
        return False
    after = page.word(end + 1)
    age = after.isdigit() and len(after) == 2 and page.word(end + 2) in (",", ".")
    return age or after in ("who", "whose", "aged")


def _has_initial(page: Page, start: int, end: int) -> bool:
    return any(
        len(word) <= 4 and word.endswith(".") and word[0].isupper()
        for word in page.words[start:end]
    )


def _not_last() -> frozenset[str]:
    return folded_words("other", "endings") | folded_words("organizations", "heads")
