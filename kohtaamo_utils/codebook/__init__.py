"""What open comments speak of: the kit's own themes and their words, or the client's, and what reads comments by them."""

from kohtaamo_utils.codebook.coder import Coder, Mention, Read, Tone
from kohtaamo_utils.codebook.model import Codebook, Theme
from kohtaamo_utils.codebook.reading import CODEBOOK, codebook_of, own_codebook, problems_with_codebook

__all__ = [
    "CODEBOOK",
    "Codebook",
    "Coder",
    "Mention",
    "Read",
    "Theme",
    "Tone",
    "codebook_of",
    "own_codebook",
    "problems_with_codebook",
]
