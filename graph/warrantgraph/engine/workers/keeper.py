"""The keeper: loads what workers share, then forks them, and reaps and kills them.

Run as `python -m PACKAGE FD`, where PACKAGE says what is loaded and what a worker does, and FD is
one end of a socket. It has one thread and does no client's work, so that a fork is safe, cheap, and
always to be had. It reads commands, a line each:

```
{plan}            first: what to load; answered by `ready` or a failure
fork N            with a file descriptor: a worker that is asked and answers there
lower N           let worker N run when nothing else wants to
kill N            end worker N
```

and tells `forked N PID` and `exited N STATUS` of each worker. When the socket closes it kills them
all and ends.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.workers.limits import die_with_parent, lower_priority
from warrantgraph.engine.workers.messages import encode_failure
from warrantgraph.errors import WarrantgraphError

if TYPE_CHECKING:
    from collections.abc import Callable

    RunWorker = Callable[[socket.socket], None]

__all__ = ["READY", "Keeper", "keep"]

READY: Final = b"ready\n"
_LONGEST_READ: Final = 1 << 16
_MOST_DESCRIPTORS: Final = 64


class Keeper:
    """Holds its workers, by number; `run_worker` is what each does until it ends."""

    def __init__(self, control: socket.socket, run_worker: RunWorker) -> None:
        self._control = control
        self._run_worker = run_worker
        self._processes: dict[int, int] = {}
        self._descriptors: list[int] = []
        self._unread = b""
        self._woken, self._waker = socket.socketpair()

    def run(self) -> None:
        """Obey until the control socket closes."""
        self._woken.setblocking(False)
        self._waker.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno())
        signal.signal(signal.SIGCHLD, _wake)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._woken:
                        self._woken.recv(_LONGEST_READ)
                        self._reap()
                    elif not self._obey():
                        return

    def end(self) -> None:
        """Kill every worker."""
        signal.set_wakeup_fd(-1)
        for pid in self._processes.values():
            os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        try:
            data, descriptors, _, _ = socket.recv_fds(
                self._control, _LONGEST_READ, _MOST_DESCRIPTORS
            )
        except ConnectionError:
            return False
        self._descriptors += descriptors
        if not data:
            return False
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            command, _, number = line.decode().partition(" ")
            self._do(command, int(number))
        return True

    def _do(self, command: str, number: int) -> None:
        if command == "fork":
            self._fork(number, self._descriptors.pop(0))
        elif number in self._processes:  # else it has ended meanwhile
            pid = self._processes[number]
            if command == "kill":
                os.kill(pid, signal.SIGKILL)
            else:
                lower_priority(pid)

    def _fork(self, number: int, descriptor: int) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # not for the child to hear
        pid = os.fork()
        if pid:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            self._processes[number] = pid
            os.close(descriptor)
            self._tell(f"forked {number} {pid}\n")
            return
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            for end in (self._control, self._woken, self._waker):
                end.close()
            for other in self._descriptors:
                os.close(other)
            self._run_worker(socket.socket(fileno=descriptor))
            status = 0
        finally:
            os._exit(status)

    def _reap(self) -> None:
        for number, pid in list(self._processes.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._processes[number]
                code = os.waitstatus_to_exitcode(status)
                self._tell(f"exited {number} {code}\n")

    def _tell(self, line: str) -> None:
        try:
            self._control.sendall(line.encode())
        except ConnectionError:
            return  # the server is gone; the next read says so


def _wake(number: int, frame: object) -> None:
    """Do nothing: that a signal has a handler makes it write to the wakeup socket."""


def keep(prepare: Callable[[str], RunWorker]) -> None:
    """Have `prepare` load what the first line says, and fork workers that run what it returns."""
    die_with_parent()  # while it loads, it does not read that the socket is closed
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the server decides when it is over
    control = socket.socket(fileno=int(sys.argv[1]))
    with control.makefile("rb") as lines:
        plan = lines.readline().decode()
    try:
        run_worker = prepare(plan)
    except (WarrantgraphError, OSError) as error:
        control.sendall(b"failed " + encode_failure(error) + b"\n")
        return
    keeper = Keeper(control, run_worker)
    control.sendall(READY)
    try:
        keeper.run()
    finally:
        keeper.end()
