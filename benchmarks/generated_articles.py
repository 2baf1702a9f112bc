"""Articles that never were: seeded, of any number, full of what the rules look for."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["articles"]

_NAMES: Final = (
    "Ada",
    "Boris",
    "Chloe",
    "Dmitri",
    "Elena",
    "Farid",
    "Grace",
    "Hugo",
    "Irena",
    "Jun",
)
_COURTS: Final = (
    "the International Criminal Court",
    "a court in Ruritania",
    "the Special Tribunal for Graustark",
    "prosecutors in Borduria",
)
_STATES: Final = ("Ruritania", "Graustark", "Borduria", "Syldavia", "Elbonia")
_CRIMES: Final = ("war crimes", "crimes against humanity", "fraud", "the deportation of children")
_ROLES: Final = ("President", "Prime Minister", "former Defence Minister", "Foreign Minister")
_DAYS: Final = ("on Friday", "on Monday", "in September 2022", "last week", "on 3 March 2023")
_SENTENCES: Final = (
    "An arrest warrant for {role} {name} was issued by {court} {day}.",
    "{Court} accused {name} of {crime}, and said that it would not comment further.",
    "“We do not recognise this court and never will,” said {name}, the {role} of {state}.",
    "{state} is not a member of the court, and its government denied the charges {day}.",
    "The report found that at least {number} people had been taken from their homes.",
    "{name} could be arrested in any of the {number} countries that have joined the treaty.",
    "Officials in {state} plan to meet {name} next week, according to two people who asked not "
    "to be named because the talks are private.",
    "The weather in the capital was mild, and the market on the square was as busy as ever.",
    "Residents who were asked about the decision {day} shrugged and went on with their shopping.",
)


def articles(count: int, words: int, seed: int = 5) -> Iterator[str]:
    """Give lines of JSON, each an article of about so many words with a title of its own."""
    numbers = random.Random(seed)  # noqa: S311 - no secret
    for number in range(count):
        lines = [f"Article {number} on {numbers.choice(_STATES)}"]
        length = 0
        while length < words:
            paragraph = " ".join(_sentence(numbers) for _ in range(numbers.randint(1, 4)))
            length += paragraph.count(" ") + 1
            lines.append(paragraph)
        yield json.dumps({"text": "\n\n".join(lines) + "\n", "published": "2024-11-21"}) + "\n"


def _sentence(numbers: random.Random) -> str:
    # Names that no article shares, as real ones have them: what grows with them must show.
    family = "".join(numbers.choices("abdegiklmnorstuvz", k=numbers.randint(5, 9))).capitalize()
    court = numbers.choice(_COURTS)
    return numbers.choice(_SENTENCES).format(
        name=f"{numbers.choice(_NAMES)} {family}",
        court=court,
        Court=court[0].upper() + court[1:],
        state=numbers.choice(_STATES),
        crime=numbers.choice(_CRIMES),
        role=numbers.choice(_ROLES),
        day=numbers.choice(_DAYS),
        number=numbers.randint(20, 20_000),
    )
