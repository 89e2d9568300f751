"""An SMTP server on loopback that keeps what it gets: `python -m config.local.mail_catcher PORT FOLDER`.

Nothing is delivered. Each message becomes one .eml file, which /mail/ shows.
"""

import asyncio
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 500  # newest messages
LARGEST = 40 * 1024 * 1024  # bytes


class Catcher:
    """Writes each message into ``folder``, under a name that sorts by time of arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one message. aiosmtpd finds this method by its name."""
        recipients = ", ".join(envelope.rcpt_tos)
        head = f"X-Caught-From: {envelope.mail_from}\r\nX-Caught-For: {recipients}\r\n".encode()
        content = envelope.content or b""
        name = f"{time.time_ns():020d}"
        unfinished = self.folder / f"{name}.part"
        unfinished.write_bytes(head + (content if isinstance(content, bytes) else content.encode()))
        unfinished.rename(unfinished.with_suffix(".eml"))
        for old in sorted(self.folder.glob("*.eml"))[:-KEPT]:
            old.unlink()
        return "250 caught"


async def serve(port: int, folder: Path) -> None:
    """Listen until SIGTERM."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    catcher = Catcher(folder)
    server = await loop.create_server(
        lambda: SMTP(catcher, hostname="localhost", data_size_limit=LARGEST, enable_SMTPUTF8=True),
        "localhost",
        port,
    )
    async with server:
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
