"""A corpus of planted leaks: what no client may get, and the places in a page where it may be hidden."""

from __future__ import annotations

from dataclasses import dataclass

SIBLING = "Naapuriyritys Oy"
OTHER = "Maija Toinen"
USER = "konsultti.k"


@dataclass(frozen=True)
class Leak:
    """A text that must not be delivered, and as what the gate must name it."""

    text: str
    reason: str


TEXTS = (
    *(
        Leak(text, "a program's code")
        for text in (
            "from kohtaamo_utils.reports import roi",
            "import pandas as pd",
            "report = roi.open_report(engagement, language)",
            "report.headline()",
            'engagement: str = "../data/sample"  # folder with engagement.yaml',
            "def mean(values):",
            "class Survey(Report):",
            "In [3]: frame.head()",
            "Out[3]:",
            "frame['nps'] = frame['nps'].astype(float)",
            "%matplotlib inline",
        )
    ),
    *(
        Leak(text, "a traceback")
        for text in (
            "Traceback (most recent call last):",
            "KeyError: 'nps'",
            "ValueError: could not convert string to float",
            "ModuleNotFoundError: No module named 'seaborn'",
            "PapermillExecutionError: cell 4",
            "\x1b[0;31mNameError\x1b[0m",
        )
    ),
    *(
        Leak(text, "a warning of the program")
        for text in (
            "/usr/lib/x.py:12: FutureWarning: deprecated".removeprefix("/usr/lib/"),
            "<ipython-input-3-a>:1: RuntimeWarning: divide by zero",
            "ipykernel_123/44.py:2: UserWarning: odd",
        )
    ),
    *(
        Leak(text, "a path of this computer")
        for text in (
            "/home/konsultti/asiakkaat/data.csv",
            "/Users/anna/Documents/asiakas",
            "/tmp/tmpabc/engagement.yaml",  # noqa: S108 - a leak to be found
            "/var/folders/zz/x.csv",
            "/mnt/c/asiakas/data.xlsx",
            "C:\\Users\\anna\\data.csv",
            "D:\\asiakkaat\\a.xlsx",
            "\\\\palvelin\\jako\\asiakas.xlsx",
            "file:///C:/data.csv",
        )
    ),
    *(
        Leak(text, reason)
        for text, reason in (
            ("anna.asiakas@esimerkki.fi", "e-mail addresses"),
            ("anna (at) esimerkki.fi", "e-mail addresses"),
            ("040 123 4567", "phone numbers"),
            ("+358 50 123 4567", "phone numbers"),
            ("131052-308T", "personal identity codes"),
            ("131052A308T", "personal identity codes"),
            ("192.168.1.20", "IP addresses"),
            (SIBLING, "the name of another client"),
            (OTHER, "a name that belongs to another report"),
            (OTHER.upper(), "a name that belongs to another report"),
            (USER, "the name of this computer's user"),
        )
    ),
)

PLACES = {
    "paragraph": "<p>{}</p>",
    "cell": "<table><tbody><tr><th>x</th><td>{}</td></tr></tbody></table>",
    "list": "<ul><li>{}</li></ul>",
    "output": "<pre>{}</pre>",
    "description": '<div role="img" aria-label="{}"></div>',
    "tooltip": '<p title="{}">x</p>',
    "picture": '<svg viewBox="0 0 9 9"><title>{}</title><path d="M0 0"/></svg>',
    "text of a picture": '<svg viewBox="0 0 9 9"><text>{}</text></svg>',
    "data": '<div data-model="{}"></div>',
    "remark": "<!-- {} -->",
    "fold": "<details><summary>x</summary><p>{}</p></details>",
    "hidden": '<p style="display:none">{}</p>',
    "metadata": '<meta name="keywords" content="{}">',
}

MARKUP = (
    Leak("<script>x</script>", "a script"),
    Leak('<img src="data:," onerror="x" alt="x">', "an event handler"),
    Leak('<a href="javascript:x">x</a>', "a script"),
    Leak('<link rel="stylesheet" href="https://esimerkki.fi/x.css">', "an address to load from"),
    Leak('<img src="https://esimerkki.fi/x.png" alt="x">', "an address to load from"),
    Leak("<style>@import 'https://esimerkki.fi/x.css'</style>", "a style sheet to load"),
    Leak('<div class="jp-OutputArea-output jp-RenderedText"><pre>x</pre></div>', "a program's code"),
    Leak('<div class="output_stderr"><pre>x</pre></div>', "a program's code"),
    Leak('<div class="highlight hl-ipython3"><pre><span class="n">x</span></pre></div>', "a program's code"),
    Leak('<figure><figcaption>Kuva 1</figcaption></figure>', "a figure without a picture"),
    Leak('<figure><figcaption>Kuva 1</figcaption><svg viewBox="0 0 1 1"></svg></figure>', "a figure without a picture"),
    Leak('<figure><img src="data:image/png;base64," alt="Kuva"></figure>', "a figure without a picture"),
    Leak("<table><tr><th>rater_id</th><th>score</th></tr><tr><td>a1</td><td>5</td></tr></table>", "a table with a row for each person"),
    Leak("<table><tr><th></th><th>nps</th></tr>" + "".join(f"<tr><th>{n}</th><td>9</td></tr>" for n in range(12)) + "</table>", "a table with a row for each person"),
    Leak("<table><tr><td>nan</td></tr></table>", "a missing number"),
)  # fmt: skip

CLEAN = (
    "Warning: lattia on märkä",
    "import taxi oli myöhässä",
    "Kohtaamisia 0401 kappaletta",
    "Vastaajia 12 345, joista 2 040 kassalla",
    "Avoinna 8.00–16.00, ma–pe",
    "Kysymys 4/5 ja/tai 5/5",
    "Katso https://esimerkki.fi/home/kassa",
    "Osuus oli 0,05 (95 % luottamusväli 0,02–0,08)",
    "Sopimus 2024/25, tunnus A-1011",
    "Luokka: A (vahva näyttö)",
    "Päivystäjä vastasi: odottakaa",
    "Report on encounters",
    "Toinen Maija sanoi kyllä",
    "Naapuri yritys auttoi",
    "Konsultti kävi",
    "Puhelinnumero puuttui",
    "In 2024: [3]",
)
