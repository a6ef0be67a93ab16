"""Questions with which a supervisor opens the conversation in the team: one for each element, and three for any team."""

from __future__ import annotations

from kohtaamo_utils.presentation.wording import N_

OF_ELEMENT = {
    "listening": N_("When did a customer last have to tell us the same thing twice? What would have helped us hear it the first time?"),
    "expertise": N_("What do we know that the customer does not get to hear? How could we say it in everyday words?"),
    "value": N_("What does a customer take along from meeting us, apart from what was bought? How do we know?"),
    "trust": N_("What have we promised customers this week? Which promise was hardest to keep, and why?"),
    "solution": N_("In which matters does the customer go away without an answer? Who could have given it?"),
    "heard": N_("How does a customer notice that we are listening? What do we do when we are in a hurry?"),
    "understood": N_("When did we answer something else than the customer asked? How do we make sure that we have understood?"),
    "valued": N_("How does a customer notice that this encounter matters to us? When does it not show?"),
}  # fmt: skip
OF_TOUCHPOINT = N_("What happens there from the customer's side, step by step? At which step could we do one thing in another way?")  # fmt: skip
OF_STRENGTH = N_("What do we do here that works? How could we do the same elsewhere?")
OF_MIRROR = N_("What do we see that the customers do not, and what do they see that we do not?")
OF_MEASURE = N_("Which encounters of the past weeks explain this? What did we do in them?")
OPENING = (
    N_("Which encounter of the past week went well? What did we do in it?"),
    N_("Where do we ourselves see that a customer is not met as we would wish?"),
    N_("Which one thing do we try until we next look at these figures, and how do we notice that it works?"),
)
