"""A process that belongs to another one: it stops in order when that one is gone, however it went."""

import os
import signal
import threading


def stop_with_parent() -> None:
    """The parent holds the other end of stdin and writes nothing: its end is the parent's."""

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()
