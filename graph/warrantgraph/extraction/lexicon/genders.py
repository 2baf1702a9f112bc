"""What a name or a word for a function tells of who is "he" and who is "she"."""

from __future__ import annotations

from warrantgraph.extraction.lexicon.reading import word_list

__all__ = ["gender_of", "gender_of_word"]


def gender_of(name: str) -> str | None:
    """ "f" or "m" as the first word of a person's name tells; None where it does not.

    >>> gender_of("Mary Wanjiku"), gender_of("Joseph Okello"), gender_of("Nguyen")
    ('f', 'm', None)
    """
    words = name.casefold().split()
    return gender_of_word(words[0]) if len(words) > 1 else None


def gender_of_word(word: str) -> str | None:
    """ "f" or "m" as a given name, a title or a function tells.

    >>> gender_of_word("spokeswoman"), gender_of_word("judge")
    ('f', None)
    """
    plain = word.casefold().rstrip(".")
    if plain in word_list("genders", "feminine"):
        return "f"
    return "m" if plain in word_list("genders", "masculine") else None
