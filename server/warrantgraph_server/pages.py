"""Renders the HTML pages: no script, no style but the server's own file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from warrantgraph import __version__
from warrantgraph.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

__all__ = ["local_link", "page"]

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing that slips into a page from the data can run or load anything."""

_TEMPLATES: Final = Environment(
    loader=PackageLoader("warrantgraph_server"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Render a template; `link` in it leads from an IRI to where the reader can follow it."""
    root = str(request.scope.get("root_path", ""))
    text = _TEMPLATES.get_template(template).render(
        root=root,
        software=__version__,
        link=partial(local_link, root=root),
        here=str(request.base_url),
        has_release=request.app.state.has_release,
        **context,
    )
    policy = {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(text, status, {**policy, **(headers or {})})


def local_link(iri: str, root: str = "") -> str | None:
    """Where a page links to for an IRI: this server for our own, nothing for odd schemes.

    >>> local_link("https://w3id.org/warrantgraph/id/person/x")
    '/id/person/x'
    >>> local_link("javascript:alert(1)")
    """
    if iri.startswith(BASE):
        return f"{root}/{quote(iri.removeprefix(BASE), safe='/#:@!$&()*+,;=~%')}"
    return iri if iri.startswith(("https://", "http://")) else None
