"""In which language, and with which currency, editions are spoken of: the engagement's, else their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.editions.edition import RESULTS, read_results, stem_of
from kohtaamo_utils.engagement import Language, known_language, language_of, load
from kohtaamo_utils.errors import SETTINGS_FILE, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.editions.diff import Differences

USUAL_CURRENCY = "EUR"


def _engagement_folder(*paths: Path) -> Path | None:
    around = (place for path in paths for place in (path.resolve(), *path.resolve().parents))
    return next((place for place in around if (place / SETTINGS_FILE).is_file()), None)


def language_near(*paths: Path) -> Language:
    """Return the language of the engagement that one of the paths lies in, else of the first report, else English."""
    folder = _engagement_folder(*paths)
    if folder is not None:
        return language_of(folder)
    files = (file for path in paths for file in (sorted(path.rglob(f"*{RESULTS}")) if path.is_dir() else [path]))
    found = (read_results(file.with_name(stem_of(file) + RESULTS)) for file in files)
    return next((known for results in found if results and (known := known_language(results["language"]))), "en")


def currency_near(found: Differences, *paths: Path) -> str:
    """Return the currency that the reports record, else that of the engagement around one of the paths, else euros."""
    recorded = next((pair.new.results["currency"] for pair in found.pairs if "currency" in pair.new.results), None)
    if recorded is not None:
        return str(recorded)
    folder = _engagement_folder(*paths)
    try:
        return USUAL_CURRENCY if folder is None else load(folder).settings.currency
    except SettingsError:
        return USUAL_CURRENCY
