"""The canonical tables: the contract between intake and everything after it. data/README.md is the same for people.

A table is stated once, as columns with their kinds, scales and choices; the pandera schema is made from that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

Kind = Literal["id", "text", "choice", "number", "date", "month", "period", "flag"]

RESPONDENT_GROUPS = ("customer", "employee", "supervisor", "management")
PERSPECTIVES = ("experienced", "believed", "expected")
PHASES = ("before", "during", "after")
RATER_GROUPS = ("self", "manager", "peer", "report", "customer")
ELEMENTS = ("listening", "expertise", "value", "trust", "solution")
HEARD_ITEMS = ("heard", "understood", "valued")
COMPETENCIES = (*ELEMENTS, "presence", "empathy", "leading")
SURVEY_MEASURES = ("nps", "enps", "csat", "ces", *HEARD_ITEMS, *ELEMENTS)
SEGMENT_PREFIX = "segment."
"""Several segments are columns ``segment.<name>``."""


@dataclass(frozen=True)
class Column:
    """One column of a canonical table.

    Parameters
    ----------
    kind
        ``id`` and ``text`` are str, ``choice`` is one of `choices`, ``number`` is float, ``date`` and ``month`` (its
        first day) are datetime64, ``period`` is str in a form that sorts by time (``2024-W02``; or a whole number), ``flag`` is boolean. Missing values are allowed unless `required`.
    required
        Whether each row must have it.
    low, high
        Smallest and largest value of a number.
    whole
        Whether a number must be whole.
    choices
        What a choice may be.
    any_unit
        Whether a number is a figure of any unit: it may be written as a length of time, 00:03:25, in the unit that the file states, or as a percentage.
    """

    kind: Kind
    required: bool = False
    low: float | None = None
    high: float | None = None
    whole: bool = False
    choices: tuple[str, ...] = ()
    any_unit: bool = False

    @property
    def expected(self) -> str:
        """What a value must be, in words.

        Examples
        --------
        >>> Column("number", low=0, high=10, whole=True).expected
        'a whole number from 0 to 10'
        """
        if self.kind == "choice":
            return say("one of {names}", names=", ".join(self.choices))
        if self.kind != "number":
            return {
                "id": say("an identifier"),
                "text": say("text"),
                "date": say("a date"),
                "month": say("a month or a date in it"),
                "period": say("a month, week, quarter, year or day, or the period's number"),
                "flag": say("yes or no"),
            }[self.kind]
        base = say("a whole number") if self.whole else say("a number")
        if self.low is not None and self.high is not None:
            low, high = f"{self.low:g}", f"{self.high:g}"
            return say("{number} from {low} to {high}", number=base, low=low, high=high)
        return say("{number}, {low} or more", number=base, low=f"{self.low:g}") if self.low is not None else base


@dataclass(frozen=True)
class Table:
    """One canonical table.

    Parameters
    ----------
    name
        Key under ``sources`` in ``engagement.yaml``.
    columns
        Canonical name to column.
    key
        Columns that together may not repeat within a source; () where rows are never compared.
    one_of
        Alternatives: at least one of these sets of columns must be there.
    """

    name: str
    columns: dict[str, Column]
    key: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which the table cannot be read."""
        return tuple(name for name, column in self.columns.items() if column.required)

    def column(self, name: str) -> Column | None:
        """Return a column's rule; ``segment.<anything>`` has the rule of ``segment``."""
        return self.columns.get("segment" if name.startswith(SEGMENT_PREFIX) else name)


_LIKERT = Column("number", low=1, high=5, whole=True)
_TEN = Column("number", low=0, high=10, whole=True)
_TEXT = Column("text")
_ID = Column("id")
_DATE = Column("date")
_MONEY = Column("number")
_POSITIVE = Column("number", low=0)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "survey",
            {
                "respondent_group": Column("choice", required=True, choices=RESPONDENT_GROUPS),
                "perspective": Column("choice", choices=PERSPECTIVES),
                "response_id": _ID,
                "answered_on": _DATE,
                "encountered_on": _DATE,
                "touchpoint": _TEXT,
                "channel": _TEXT,
                "phase": Column("choice", choices=PHASES),
                "segment": _TEXT,
                "unit": _TEXT,
                "weight": _POSITIVE,
                "nps": _TEN,
                "enps": _TEN,
                "csat": _LIKERT,
                "ces": Column("number", low=1, high=7, whole=True),
                **dict.fromkeys((*HEARD_ITEMS, *ELEMENTS), _LIKERT),
                "comment": _TEXT,
                "theme": _TEXT,
            },
            key=("response_id",),
            one_of=tuple((measure,) for measure in SURVEY_MEASURES),
        ),
        Table(
            "observations",
            {
                "text": Column("text", required=True),
                "kind": _TEXT,
                "observed_on": _DATE,
                "touchpoint": _TEXT,
                "unit": _TEXT,
                "respondent_group": Column("choice", choices=RESPONDENT_GROUPS),
                "theme": _TEXT,
            },
        ),
        Table(
            "mystery_shopping",
            {
                "visit_id": Column("id", required=True),
                "criterion": Column("text", required=True),
                "score": Column("number", low=0),
                "maximum": Column("number", low=0),
                "visited_on": _DATE,
                "touchpoint": _TEXT,
                "unit": _TEXT,
                "element": Column("choice", choices=COMPETENCIES),
                "weight": _POSITIVE,
                "critical": Column("flag"),
            },
            key=("visit_id", "criterion"),
            one_of=(("score", "maximum"),),
        ),
        Table(
            "operations",
            {
                "month": Column("month", required=True),
                "measure": Column("text", required=True),
                "value": Column("number", required=True, any_unit=True),
                "unit": _TEXT,
                "touchpoint": _TEXT,
                "higher_is_better": Column("flag"),
            },
            key=("month", "measure", "unit", "touchpoint"),
        ),
        Table(
            "transactions",
            {
                "customer_id": Column("id", required=True),
                "ordered_on": Column("date", required=True),
                "amount": Column("number", required=True),
                "order_id": _ID,
                "unit": _TEXT,
                "segment": _TEXT,
                "margin": _MONEY,
            },
        ),
        Table(
            "customers",
            {
                "customer_id": Column("id", required=True),
                "started_on": _DATE,
                "ended_on": _DATE,
                "tenure_months": _POSITIVE,
                "ended": Column("flag"),
                "annual_value": _MONEY,
                "segment": _TEXT,
                "unit": _TEXT,
            },
            key=("customer_id",),
            one_of=(("started_on",), ("tenure_months", "ended")),
        ),
        Table(
            "employees",
            {
                "employee_id": Column("id", required=True),
                "started_on": _DATE,
                "ended_on": _DATE,
                "tenure_months": _POSITIVE,
                "ended": Column("flag"),
                "end_reason": _TEXT,
                "monthly_salary": _POSITIVE,
                "role": _TEXT,
                "unit": _TEXT,
            },
            key=("employee_id",),
            one_of=(("started_on",), ("tenure_months", "ended")),
        ),
        Table(
            "ratings_360",
            {
                "reviewee_id": Column("id", required=True),
                "reviewee_name": _TEXT,
                "rater_id": Column("id", required=True),
                "rater_group": Column("choice", required=True, choices=RATER_GROUPS),
                "item": Column("text", required=True),
                "score": Column("number"),
                "competency": _TEXT,
                "wave": _TEXT,
                "unit": _TEXT,
                "comment": _TEXT,
            },
            key=("reviewee_id", "rater_id", "rater_group", "item", "wave"),
            one_of=(("score",),),
        ),
        Table(
            "pilot",
            {
                "unit": Column("text", required=True),
                "period": Column("period", required=True),
                "treated": Column("flag", required=True),
                "after": Column("flag", required=True),
                "outcome": Column("number", required=True, any_unit=True),
            },
            key=("unit", "period"),
        ),
    )
}
"""Every canonical table by name."""


@cache
def schema(name: str) -> pa.DataFrameSchema:
    """Return the pandera schema of a canonical table: what intake promises and measures rely on.

    Parameters
    ----------
    name
        A key of `TABLES`.

    Examples
    --------
    >>> sorted(schema("pilot").columns)
    ['after', 'outcome', 'period', 'treated', 'unit']
    """
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {column: _pandera_column(rule) for column, rule in TABLES[name].columns.items()},
        name=name,
        strict=False,
        unique_column_names=True,
    )


@cache
def _cell_rules(name: str) -> pa.DataFrameSchema:
    """Return what a table's schema says of single cells: the kinds of columns, which take pandera longest, are no cell's."""
    import pandera.pandas as pa

    told = {
        name: pa.Column(None, column.checks, nullable=column.nullable, required=False)
        for name, column in schema(name).columns.items()
        if column.checks or not column.nullable
    }
    return pa.DataFrameSchema(told, name=name)


class Breach(NamedTuple):
    """One cell that breaks its column's rule, by pandera's name of the check."""

    column: str
    rule: str
    row: int


def breaches(name: str, frame: pd.DataFrame) -> tuple[Breach, ...]:
    """Return every cell of a typed frame that breaks the canonical table's rules.

    Parameters
    ----------
    name
        A key of `TABLES`.
    frame
        Rows with the table's columns and kinds, a whole-number index.

    Examples
    --------
    >>> import pandas as pd
    >>> breaches("survey", pd.DataFrame({"respondent_group": pd.Series(["customer"], dtype="str"), "nps": [12.0]}))
    (Breach(column='nps', rule='in_range(0, 10)', row=0),)
    """
    from pandera.errors import SchemaErrors

    try:
        _cell_rules(name).validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.dropna(subset=["index"])
        found = zip(cases["column"], cases["check"], cases["index"], strict=True)
        return tuple(Breach(str(column), str(rule), int(row)) for column, rule, row in found)
    return ()


def _pandera_column(rule: Column) -> pa.Column:
    import pandera.pandas as pa

    dtype = {"number": "float64", "date": "datetime64[us]", "month": "datetime64[us]", "flag": "boolean"}.get(
        rule.kind, "str"
    )
    checks = []
    if rule.choices:
        checks.append(pa.Check.isin(rule.choices, name="choice"))
    if rule.low is not None or rule.high is not None:
        low = float("-inf") if rule.low is None else rule.low
        high = float("inf") if rule.high is None else rule.high
        checks.append(pa.Check.in_range(low, high, name="scale"))
    if rule.whole:
        checks.append(pa.Check(lambda values: values == values.round(), name="whole"))
    return pa.Column(dtype, checks, nullable=not rule.required, required=rule.required)
