"""Which of the written-down actions to take first: effect × feasibility, with the rule and its uncertainty told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.quick_wins import Option, Win, quick_wins
from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Paragraph, Part, Table
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.current_state.reach import Reach

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.actions import Action, ActionPlan
    from kohtaamo_utils.measures.driver_intervals import DrawnShares
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.explained import Explanations
    from kohtaamo_utils.reports.survey import Survey

EASY = 4
"""Lowest feasibility that counts as easy."""
KINDS = {
    ("above", True): N_("quick win"),
    ("above", False): N_("strategic project"),
    ("below", True): N_("fill-in"),
    ("below", False): N_("avoid for now"),
    (None, True): N_("easy, effect uncertain"),
    (None, False): N_("not easy, effect uncertain"),
}


@dataclass(frozen=True)
class FirstActions:
    """The part of the section, and its figures."""

    part: Part
    figures: tuple[Figure, ...] = ()


def first_actions(context: Context, survey: Survey, explained: Explanations, plan: ActionPlan | None) -> FirstActions:
    """Rank the open actions; where that cannot be done, say why.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    explained
        What goes with customers' satisfaction and recommendation.
    plan
        Goals and actions, if any are written down.
    """
    t, title = context.t, context.t("Which actions first?")
    still = [action for action in plan.actions if action.open] if plan is not None else []
    if not still:
        text = (
            t("No actions are written down for this engagement, so none can be put first.")
            if plan is None or not plan.actions
            else t("All actions that are written down are done or dropped.")
        )
        return FirstActions(Part(title, (Callout(text),)))
    drawn = explained.main.told if explained.main is not None else None
    if drawn is None:
        text = t(
            "What the actions could bring cannot be told, for it is not known which elements go together with satisfaction. They are therefore listed by feasibility only."
        )
        return FirstActions(Part(title, (Callout(text), _by_feasibility(context, still))))
    reach = Reach(context, survey, explained)
    rankable = [action for action in still if action.feasibility is not None and not reach.internal(action)]
    rankable = [action for action in rankable if set(action.elements or drawn.names) <= set(drawn.names)]
    wins = quick_wins(drawn, [_option(action, reach, drawn) for action in rankable])
    by_id = {action.id: action for action in rankable}
    blocks: list[Block] = []
    if wins:
        text = f"{_finding(context, wins, by_id)} {_quick(context, wins, by_id)}".strip()
        blocks += [Paragraph(text), _table(context, wins, by_id)]
    blocks += _left_out(context, [action for action in still if action.id not in by_id], reach)
    blocks.append(_rule(context, reach, rankable))
    figures = tuple(Figure("quick_win", {"action": win.option.id}, win.score) for win in wins)
    return FirstActions(Part(title, tuple(blocks)), figures)


def _option(action: Action, reach: Reach, drawn: DrawnShares) -> Option:
    return Option(
        id=action.id,
        means={name: reach.mean(action, name) for name in action.elements or drawn.names},
        reach=reach.of(action),
        feasibility=action.feasibility or 1,
        place=action.touchpoint or "",
    )


def _finding(context: Context, wins: tuple[Win, ...], actions: dict[str, Action]) -> str:
    """Name the first action only where no draw that counts puts another before it."""
    t = context.t
    if len(wins) == 1:
        return t("One action can be ranked: {title}.", title=actions[wins[0].option.id].title)
    if wins[0].last == 1 and all(win.first > 1 for win in wins[1:]):
        return t("Highest score: {title}.", title=actions[wins[0].option.id].title)
    possible = [actions[win.option.id].title for win in wins if win.first == 1]
    if len(possible) == len(wins):
        return t("Which action comes first is not certain: any of them may.")
    return t("Which action comes first is not certain. It may be any of these: {titles}.", titles="; ".join(possible))


def _quick(context: Context, wins: tuple[Win, ...], actions: dict[str, Action]) -> str:
    """Name the quick wins; of a single action nothing can be said."""
    if len(wins) == 1:
        return ""
    titles = [
        actions[win.option.id].title for win in wins if win.effect_is == "above" and win.option.feasibility >= EASY
    ]
    if titles:
        return context.t("Quick wins: {titles}.", titles="; ".join(titles))
    return context.t("No action is certain to be a quick win: easy, and with more effect than the others.")


def _table(context: Context, wins: tuple[Win, ...], actions: dict[str, Action]) -> Table:
    t, f = context.t, context.f
    rows = []
    most_effect, most_score = (max(getattr(win, part).value or 0.0 for win in wins) for part in ("effect", "score"))
    for win in wins:
        action, score, effect = actions[win.option.id], win.score, win.effect
        places = f.integer(win.first) if win.first == win.last else f"{f.integer(win.first)}–{f.integer(win.last)}"
        kind = t(KINDS[win.effect_is, win.option.feasibility >= EASY]) if len(wins) > 1 else f.number(None)
        rows.append(
            (
                _titled(context, action),
                f.number(_relative(effect.value, most_effect), 0),
                f.integer(win.option.feasibility),
                f"{f.number(_relative(score.value, most_score), 0)} ({f.number(_relative(score.low, most_score), 0)}…{f.number(_relative(score.high, most_score), 0)})",
                places,
                kind,
            )
        )
    return Table(
        caption=t("Open actions by score"),
        columns=(t("Action"), t("Possible effect"), t("Feasibility, 1–5"), t("Score (95% interval)"), t("Place in the order"), t("Kind")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3, 4}),
        note=t("The largest effect and the highest score are marked 100, and the others are in relation to them. The places are those that the uncertainty of shares and means leaves open; actions with equal scores share a place."),
    )  # fmt: skip


def _relative(value: float | None, most: float) -> float | None:
    """Return a value where the largest is 100: the products themselves are small numbers that say nothing to a reader."""
    return None if value is None else 100 * value / most if most else 0.0


def _titled(context: Context, action: Action) -> str:
    more = [part for part in (action.touchpoint, action.owner) if part]
    if action.due is not None:
        more.append(context.f.date(action.due))
    return f"{action.title} ({', '.join(more)})" if more else action.title


def _by_feasibility(context: Context, actions: list[Action]) -> Table:
    ordered = sorted(actions, key=lambda action: -(action.feasibility or 0))
    return Table(
        caption=context.t("Open actions by feasibility"),
        columns=(context.t("Action"), context.t("Feasibility, 1–5")),
        rows=tuple((_titled(context, action), context.f.integer(action.feasibility)) for action in ordered),
        numeric=frozenset({1}),
    )


def _left_out(context: Context, actions: list[Action], reach: Reach) -> list[Block]:
    t, blocks = context.t, list[Block]()
    inside = [action.title for action in actions if reach.internal(action)]
    other = [action.title for action in actions if not reach.internal(action)]
    if inside:
        text = t(
            "Not ranked, for they concern encounters among staff, about which customers are not asked: {titles}.",
            titles="; ".join(inside),
        )
        blocks.append(Callout(text))
    if other:
        text = t(
            "Not ranked, for feasibility is missing or their element was not asked: {titles}.", titles="; ".join(other)
        )
        blocks.append(Callout(text))
    return blocks


def _rule(context: Context, reach: Reach, actions: list[Action]) -> Fold:
    """Say how the score is made, and what stood in for what is missing."""
    t = context.t
    texts = [
        t(
            "Score = effect × feasibility. Effect = share × headroom × reach. Share is the element's part of what the elements explain; headroom is what the element's mean at the touchpoint lacks of 5, as a part of the scale; reach is the touchpoint's part of all encounters with customers, and everything for an action without a touchpoint."
        ),
        t(
            "An action counts for the elements that it names, and for all of them alike where it names none: the mean of their effects is taken. Feasibility is the judgement of those who wrote the action down, from 1 (hard) to 5 (easy)."
        ),
        t(
            "Quick win: effect above the median of the other actions, and feasibility 4 or 5. Strategic project: effect above it, feasibility 1–3. Fill-in: effect below it, feasibility 4 or 5. Avoid for now: effect below it, feasibility 1–3. The effect is called neither where the interval of the difference holds zero."
        ),
        t(
            "Effect means here what could go with satisfaction if the mean rose to 5, not what an action has been seen to bring. Only shares and means have intervals; reach and feasibility are taken as they are given."
        ),
        *reach.remarks(actions),
    ]
    return Fold(t("How is the score made?"), tuple(Paragraph(text) for text in texts))
