"""What writers say of their own role: "as your only report" names one person where the report names no group.

Only words that say whose role it is count: "as your report" is the writer's, "as a manager you listen" the reviewee's.
"""

from __future__ import annotations

import re

from kohtaamo_utils.redaction.patterns import SIGNS

_ONLY = r"(?:(?:ainoa|lähi|lähin|lähimpä|uusin|uusimpa|entise|pitkäaikaise|yhte|yksi|suora)(?:na|nä)?\s+)*"
_FINNISH = r"(?:alais|johdettav|kolleg|vertais|esihenkilö|esimie|pomo|työtover|työkaver|tiimiläis|asiakka)"
_SWEDISH = r"(?:medarbetare|underställda?|direktrapport|kolleg(?:a|or|er)|chef|förmän|förman|arbetskamrat|teammedlem|gruppmedlem|kund)(?:mar|er)?s?"
_ENGLISH = (
    r"(?:direct\s+report|subordinate|colleague|coworker|co-worker|peer|team\s?mate|team\s+member|employee|manager|line\s+manager"
    r"|boss|supervisor|customer|client)"
)
_OF_YOUR = r"\s+(?:\w+\s+){0,2}?"
_ROLES = tuple(
    re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
    for pattern in (
        rf"{_ONLY}{_FINNISH}\w*n(?:asi|äsi|anne|änne)",
        rf"yh(?:tenä|dessä)\s+{_FINNISH}\w*ist(?:asi|äsi|anne|änne)",
        rf"olen\s+{_ONLY}{_FINNISH}\w*(?:si|nne)",
        rf"som\s+(?:en\s+av\s+)?(?:din|er|dina|era){_OF_YOUR}{_SWEDISH}",
        rf"jag\s+är\s+(?:din|er|en\s+av\s+(?:dina|era)){_OF_YOUR}{_SWEDISH}",
        rf"as\s+your{_OF_YOUR}{_ENGLISH}",
        rf"as\s+one\s+of\s+your{_OF_YOUR}{_ENGLISH}e?s",
        rf"(?:i\s+am|i['\u2019]m)\s+(?:one\s+of\s+)?your{_OF_YOUR}{_ENGLISH}(?:e?s)?",
    )
)


def without_roles(text: str) -> str:
    """Return a text with what its writer says of being the reader's report, peer, manager or customer as a sign.

    Examples
    --------
    >>> without_roles("Ainoana alaisenasi toivon tukea.").replace(SIGNS["other"], "*")
    '* toivon tukea.'
    >>> without_roles("Esihenkilönä kuuntelet hyvin. As a manager you listen.").replace(SIGNS["other"], "*")
    'Esihenkilönä kuuntelet hyvin. As a manager you listen.'
    """
    for pattern in _ROLES:
        text = pattern.sub(SIGNS["other"], text)
    return text
