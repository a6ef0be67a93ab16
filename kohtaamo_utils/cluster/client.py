"""A Dask cluster as the batch uses it: connected to, found fit, sent what reports need, and left without a trace."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from distributed import Client, Security
from distributed.comm.core import connect

from kohtaamo_utils.cluster.papers import differences, papers
from kohtaamo_utils.cluster.runs import Runs
from kohtaamo_utils.cluster.usher import Usher
from kohtaamo_utils.cluster.workshop import Workshop
from kohtaamo_utils.errors import SettingsError, joined, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kohtaamo_utils.delivery.parcel import Came, Parcel
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.errors import Said

MOST_BYTES = 1_000_000_000
"""What a parcel may weigh: it goes through the scheduler's memory, and to every worker."""
_SECONDS_TO_CONNECT = 10
_SECONDS_TO_LEAVE = 5
_SCHEDULER = "scheduler"


class Cluster:
    """The workers of a scheduler, for one run.

    Parameters
    ----------
    client
        Dask's client.
    address
        The scheduler's, as it was given.
    """

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._batch = f"kohtaamo-{secrets.token_hex(8)}"
        self._expected = self._own()
        self._runs: Runs | None = None

    @staticmethod
    def _own() -> dict[str, str]:
        return papers()

    def check(self) -> None:
        """Ask the scheduler and every worker what they make reports with; nothing of a client is sent yet.

        Raises
        ------
        SettingsError
            There is no worker, or one has another version of the kit or of a library.
        """
        found: dict[str, Any] = self._client.run(papers, on_error="return")
        if not found:
            raise SettingsError(
                say(
                    "The scheduler at {address} has no workers. Start some first: dask worker {address}",
                    address=self._address,
                )
            )
        try:
            found[_SCHEDULER] = self._client.run_on_scheduler(papers)
        except Exception as error:  # noqa: BLE001 - whatever it is, the scheduler cannot tell its versions
            found[_SCHEDULER] = error
        unfit = [joined([where, why], ": ") for where, each in found.items() if (why := self._why_unfit(each))]
        if unfit:
            raise SettingsError(
                joined(
                    [
                        say(
                            "Not every computer of the cluster makes reports with the same versions as this one, and another "
                            "version can give another number. Nothing was sent. Install the same versions everywhere "
                            "(requirements.lock), and start scheduler and workers again:"
                        ),
                        *(joined([" ", line]) for line in unfit),
                    ],
                    "\n",
                )
            )

    def _why_unfit(self, found: Mapping[str, str] | Exception) -> Said | str:
        if isinstance(found, Exception):
            return say("the kit cannot be asked for its version ({reason})", reason=f"{type(found).__name__}: {found}")
        return differences(self._expected, found)

    def execute(self, parcel: Parcel, tasks: Sequence[Task], bring: Callable[[Came], None]) -> None:
        """Send what reports need, and begin to execute their notebooks; as of `delivery.parcel.Elsewhere`.

        Raises
        ------
        SettingsError
            It is more than a cluster is sent.
        """
        if parcel.size > MOST_BYTES:
            raise SettingsError(
                say(
                    "These reports need {n} MB of data, and a cluster is sent {most} MB at most. "
                    "Make the reports that read large sales on this computer, without --cluster.",
                    n=parcel.size // 1_000_000,
                    most=MOST_BYTES // 1_000_000,
                )
            )
        self._client.register_plugin(Usher(self._batch, self._client.id))  # first, for it tidies up if we go
        self._client.register_plugin(Workshop(self._batch, self._expected, parcel))
        self._runs = Runs(self._client, self._batch, parcel, tasks, bring)

    def leave(self) -> None:
        """Take the batch away from the workers; what cannot be told any more the scheduler does by itself."""
        if self._runs is not None:
            self._runs.stop()
        with suppress(Exception):
            self._client.unregister_worker_plugin(self._batch)
            self._client.unregister_scheduler_plugin(f"{self._batch}-usher")


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """Connect to a cluster for a run.

    Parameters
    ----------
    address
        The scheduler's, such as ``tcp://host:8786``, or ``tls://host:8786`` with certificates in Dask's own settings.

    Raises
    ------
    SettingsError
        It cannot be reached, or is not fit.
    """
    client = _connected(address)
    try:
        cluster = Cluster(client, address)
        cluster.check()
        try:
            yield cluster
        finally:
            cluster.leave()
    finally:
        client.close(timeout=_SECONDS_TO_LEAVE)


async def _knock(address: str) -> None:
    """See whether a scheduler answers: Dask's client, where none does, leaves a traceback behind when it is cleared away."""
    comm = await connect(address, timeout=_SECONDS_TO_CONNECT, **Security().get_connection_args("client"))
    await comm.close()


def _connected(address: str) -> Client:
    try:
        with ThreadPoolExecutor(1) as beside:  # a notebook's own thread has a loop that runs already
            beside.submit(asyncio.run, _knock(address)).result()
        return Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except Exception as error:  # noqa: BLE001 - Dask raises many kinds for an address that is none
        raise SettingsError(
            say(
                "There is no cluster at {address}: {reason}. Name the address that `dask scheduler` shows when it starts, "
                "such as tcp://host:8786, and see that this computer reaches it. docs/batch.md has an example.",
                address=address,
                reason=str(error).strip().rstrip(".") or type(error).__name__,
            )
        ) from None
