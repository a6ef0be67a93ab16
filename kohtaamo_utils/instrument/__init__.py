"""What a 360 review asks, and what it suggests: the kit's own instrument and practices, or the client's."""

from kohtaamo_utils.instrument.practices import Practice, Practices
from kohtaamo_utils.instrument.questionnaire import APPEALS, Appeal, Competency, Instrument, Item
from kohtaamo_utils.instrument.reading import own_files, practices_of, problems_with, questions_of

__all__ = [
    "APPEALS",
    "Appeal",
    "Competency",
    "Instrument",
    "Item",
    "Practice",
    "Practices",
    "own_files",
    "practices_of",
    "problems_with",
    "questions_of",
]
