"""The analyst's look at a client's files: a section for each question of the notebook ``data_check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.engagement import known_language, load, unknown_language
from kohtaamo_utils.engagement.engagement import FILE_NAME
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake.proposing import propose
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.widgets.data_check.columns import columns_section
from kohtaamo_utils.widgets.data_check.contents import contents_section
from kohtaamo_utils.widgets.data_check.files import files_section
from kohtaamo_utils.widgets.data_check.findings import log_section, problems_section
from kohtaamo_utils.widgets.data_check.reading import read_each

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.presentation.section import Section


class DataCheck:
    """What ``kohtaamo map`` and ``kohtaamo check`` find, to be looked at in a notebook; display what a method returns.

    All is in the language that was asked for; what came from a file or from the settings stands as it came.

    Parameters
    ----------
    engagement
        The client's folder.
    t, f
        Words and number formats of the reader's language.
    """

    def __init__(self, engagement: Engagement, t: Wording, f: Numbers) -> None:
        self.t, self.f = t, f
        self._look(engagement)

    @classmethod
    def open(cls, engagement: str, language: str = "") -> DataCheck:
        """Read an engagement's files; nothing is written.

        Parameters
        ----------
        engagement
            Engagement folder.
        language
            ``fi``, ``sv``, ``en``, or empty for the engagement's own.

        Raises
        ------
        SettingsError
            The settings cannot be used, or the language is not known.

        Examples
        --------
        >>> from kohtaamo_utils.resources import bundled
        >>> DataCheck.open(str(bundled("data/sample")), "en").problems().blocks[0].text
        'No problems: every file can be read as the settings say.'
        """
        opened = load(engagement)
        chosen = language or opened.settings.language
        known = known_language(chosen)
        if known is None:
            raise SettingsError(unknown_language(chosen))
        return cls(opened, Wording(known), Numbers(known, opened.settings.currency))

    def files(self) -> Section:
        """Return which files there are, what each was recognised as, and how it was read."""
        return files_section(self.t, self.f, self._readings, self._outcome.proposals)

    def columns(self, write: bool = False) -> Section:
        """Return the proposals of ``kohtaamo map``, and what the settings say already.

        Parameters
        ----------
        write
            Whether to write the proposals that are sure enough into ``engagement.yaml``, as ``kohtaamo map`` does, and
            to read the files anew. What a person wrote is never changed.
        """
        section = columns_section(self.t, self.f, self._readings, self._outcome.proposals, write)
        if write and self._outcome.text != self._text:
            write_whole(self._file, self._outcome.text.encode())
            self._look(load(self._file.parent))
        return section

    def problems(self) -> Section:
        """Return all that is wrong, each with its place and what to do."""
        return problems_section(self.t, self.f, self._readings)

    def import_log(self) -> Section:
        """Return what was left out, inferred, flagged and masked, with counts."""
        return log_section(self.t, self.f, self._readings)

    def contents(self) -> Section:
        """Return each column's counts, missing values and range."""
        return contents_section(self.t, self.f, self._readings)

    def _look(self, engagement: Engagement) -> None:
        self._file = Path(engagement.folder) / FILE_NAME
        self._text = self._file.read_bytes().decode()
        self._readings = read_each(engagement)
        self._outcome = propose(engagement, self._text)
