"""The door of the cluster for those who may not have Dask: tells what to install, and keeps Dask's own log off the terminal."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import SettingsError, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.delivery.parcel import Elsewhere


@contextmanager
def elsewhere_at(address: str) -> Iterator[Elsewhere | None]:
    """Yield the cluster at an address; None where no address is given.

    Parameters
    ----------
    address
        As of `client.cluster_at`.

    Raises
    ------
    SettingsError
        Dask is not installed, or there is no fit cluster at the address.

    Examples
    --------
    >>> with elsewhere_at("") as elsewhere:
    ...     print(elsewhere)
    None
    """
    if not address:
        yield None
        return
    try:
        import distributed  # noqa: F401 - to see whether it is there
    except ImportError:
        raise SettingsError(
            say(
                "`--cluster` needs Dask, which is not installed. Install it (`uv sync --extra cluster`, or `{command}`), "
                "or leave --cluster out.",
                command='pip install "kohtaamo[cluster]"',
            )
        ) from None
    from kohtaamo_utils.cluster.client import cluster_at

    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # what matters is told in the user's language
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with cluster_at(address) as cluster:
            yield cluster
