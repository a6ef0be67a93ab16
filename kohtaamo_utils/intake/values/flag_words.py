"""Words that are a yes or a no in one column only: *Päättynyt* of a contract, *Verrokki* of a shop in a pilot."""

from __future__ import annotations

_YES = {
    "ended": "päättynyt irtisanottu irtisanoutunut poistunut lähtenyt lopettanut eronnut avslutad avslutat uppsagd slutat"
    " ended terminated left churned cancelled canceled resigned expired voluntarily_terminated terminated_for_cause",
    "treated": "pilotti pilotissa pilottiryhmä koe koeryhmä interventio interventioryhmä pilot pilotgrupp försök försöksgrupp"
    " treated treatment intervention",
    "after": "jälkeen efter after post",
}
_NO = {
    "ended": "aktiivinen voimassa jatkuu jatkaa työsuhteessa aktiv pågående gällande anställd active current ongoing employed"
    " stayed joined retained leave_of_absence",
    "treated": "verrokki verrokkiryhmä vertailu vertailuryhmä kontrolli kontrolliryhmä kontroll kontrollgrupp jämförelse"
    " jämförelsegrupp control comparison",
    "after": "ennen lähtötaso före innan before pre baseline",
}
WORDS = {
    column: {
        word.replace("_", " "): flag for flag, words in ((True, _YES), (False, _NO)) for word in words[column].split()
    }
    for column in _YES
}
"""By canonical column, each word and whether it is a yes."""
