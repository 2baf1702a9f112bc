"""The verb `warrantgraph serve`."""

from __future__ import annotations

import errno
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from warrantgraph import amounts
from warrantgraph.cli.build import DEFAULT_OUT, built_release
from warrantgraph_server import kinds
from warrantgraph_server.settings import Setting, Settings, flag, setting_list, variable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["serve"]

_BACKLOG: Final = 2048
_LEAST_MEMORY: Final = 16 << 20


def _parsed(parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A type of click from one of our functions; what is not text is a default."""

    def convert(value: Any) -> Any:  # noqa: ANN401 - whatever the kind is
        try:
            return parse(value) if isinstance(value, str) else value
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return convert


class _FilePath(click.Path):
    """A path; several in a variable are separated by spaces, as all values are."""

    def split_envvar_value(self, rv: str) -> list[str]:
        return rv.split()


class _Option(click.Option):
    """An option that says where a wrong value was found."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        if ctx and ctx.get_parameter_source(self.name or "") is ParameterSource.ENVIRONMENT:
            return f"{self.envvar} (in the environment)"
        return super().get_error_hint(ctx)


_TYPES: Final[dict[type, Any]] = {
    str: click.STRING,
    int: click.IntRange(0, 65535),
    bool: click.BOOL,
    Path: _FilePath(path_type=Path),
    kinds.Count: _parsed(amounts.parse_count),
    kinds.Duration: _parsed(amounts.parse_duration),
    kinds.Endpoint: _parsed(kinds.parse_endpoint),
    kinds.Engine: _parsed(kinds.parse_engine),
    kinds.Network: _parsed(kinds.parse_network),
    kinds.Size: _parsed(amounts.parse_size),
    kinds.Span: _parsed(amounts.parse_span),
}


def _option(setting: Setting) -> Callable[[Any], Any]:
    about = setting.about
    if about.kind is bool:
        return click.option(
            flag(setting.name),
            cls=_Option,
            is_flag=True,
            help=about.help,
            envvar=variable(setting.name),
        )
    return click.option(
        flag(setting.name),
        setting.name,
        cls=_Option,
        type=_TYPES[about.kind],
        default=setting.default,
        multiple=setting.repeated,
        metavar=about.metavar,
        envvar=variable(setting.name),
        help=f"{about.help} [default: {setting.shown_default}]",
    )


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for setting in reversed(list(setting_list())):
        command = _option(setting)(command)
    return command


@click.command(epilog="Example: warrantgraph serve --port 8080 --data one.ttl two.trig")
@_options
@click.argument("more_data", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
def serve(more_data: tuple[Path, ...], **given: Any) -> None:  # noqa: ANN401 - one per setting
    """Serve the graph: a SPARQL endpoint, the exports, and a page for every IRI.

    Builds the graph first if its inputs have changed. With --data the graphs of the files stay
    as they are, and there is the endpoint alone, without exports and pages.
    """
    if more_data and not given["data"]:
        raise click.UsageError(f"unexpected argument {more_data[0]}; did you mean --data?")
    given["data"] += more_data
    _prefer_flags(given)
    if given["data"] and given["release"]:
        raise click.UsageError("--data and --release exclude each other")
    if given["memory_limit"] < _LEAST_MEMORY:
        raise click.UsageError("--memory-limit is 16MiB or more: with less no query can run")
    # Taken before anything is built: a busy port is told at once.
    with _listen(given["host"], given["port"]) as listener:
        host = given["host"]
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        if not given["data"] and not given["release"]:
            given["release"] = built_release(DEFAULT_OUT).folder.parent
        _run(Settings(**given), listener, address)


def _prefer_flags(given: dict[str, Any]) -> None:
    """What is served is what the flags say, where the environment says something else."""
    context = click.get_current_context()
    sources = {name: context.get_parameter_source(name) for name in ("data", "release")}
    if set(sources.values()) == {ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT}:
        if sources["data"] is ParameterSource.COMMANDLINE:
            given["release"] = None
        else:
            given["data"] = ()


def _listen(host: str, port: int) -> socket.socket:
    """Open the port; raises OSError with a sentence when it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = f"--port or {variable('port')}" if error.errno == errno.EADDRINUSE else "--host"
        message = f"cannot listen on {host} port {port}: {reason}; choose another with {hint}"
        raise OSError(message) from error
    return listener


def _run(settings: Settings, listener: socket.socket, address: str) -> None:
    from warrantgraph_server.app import create_app
    from warrantgraph_server.listening import raise_descriptor_limit, uvicorn_server

    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until there is something to reload
    raise_descriptor_limit(settings)
    app = create_app(settings)
    server = uvicorn_server(app, settings)

    def end(number: int, frame: object) -> None:
        """End in order; also before uvicorn listens to signals, and when it raises them again."""
        del number, frame
        server.should_exit = True

    def look(number: int, frame: object) -> None:
        del number, frame
        app.state.serving.look_for_release()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, look)
    click.echo(f"Serving on {address} (Ctrl-C stops)")
    server.run(sockets=[listener])
