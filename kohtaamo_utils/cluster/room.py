"""The folder of one batch on a worker: nobody else's, and gone when the batch is."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.parcel import DATASET
from kohtaamo_utils.delivery.warmth import hand_over
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import DeliveryError, say

if TYPE_CHECKING:
    from kohtaamo_utils.delivery.parcel import Parcel

_SIGNS = 16
_TEMPORARY = "temporary"


def furnish(parcel: Parcel, below: Path, batch: str) -> Path:
    """Write a parcel into a new folder that only this user may open, and return the folder.

    Parameters
    ----------
    parcel
        What was sent.
    below
        Where: the worker's own folder for passing files, which Dask takes away with the worker.
    batch
        The batch's name, so that two batches of equal parcels have two folders.

    Raises
    ------
    DeliveryError
        A content is not what its fingerprint says, or a place is outside the folder.
    """
    room = below.resolve() / f"{batch}-{parcel.sha256[:_SIGNS]}"
    room.mkdir(mode=0o700)
    try:
        (room / _TEMPORARY).mkdir()
        for place, mark in parcel.places.items():
            _put(room, place, parcel.contents[mark], mark)
    except BaseException:
        clear(room)
        raise
    return room


def _put(room: Path, place: str, content: bytes, mark: str) -> None:
    file = Path(os.path.normpath(room / place))
    if sha256(content) != mark or not file.is_relative_to(room):
        raise DeliveryError(say("What was sent to the worker did not come whole. Run the command again."))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def clear(room: Path) -> None:
    """Take a room away with all that is in it; one that is gone already is no matter."""
    shutil.rmtree(room, ignore_errors=True)


def move_in(room: Path) -> None:
    """Have this process and those that come of it keep their temporary files in the room, so that they go with it."""
    os.environ["TMPDIR"] = str(room / _TEMPORARY)
    tempfile.tempdir = None


def take_over(room: Path, engagement: str, reports: tuple[str, ...]) -> None:
    """Have the tables that were sent at hand for the reports to come, as a run on one computer has those that it has read.

    Parameters
    ----------
    room
        The batch's folder.
    engagement
        Place of the engagement in it.
    reports
        Names of the reports that will be made.
    """
    dataset = pickle.loads((room / DATASET).read_bytes())  # noqa: S301 - from the client, whose fingerprint was compared
    hand_over(load(room / engagement), dataset, reports)
