"""The files of the release: `/exports/NAME` is the latest, `/exports/VERSION/NAME` stays for ever.

`/exports/changes/NAME` tells what is new since the release before. Compressed files are chosen by
`Accept-Encoding`, or asked for by their own names.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response

from warrantgraph.changes import CHANGES_MANIFEST, find_changes
from warrantgraph.errors import NotAcceptableError, ReleaseError
from warrantgraph.manifest import is_version
from warrantgraph.namespaces import BASE
from warrantgraph.release import ExportFile, Release
from warrantgraph.void import VOID_FILE
from warrantgraph_server.codings import FILE_CODINGS, IDENTITY, choose_coding
from warrantgraph_server.files import SentFile, send_file
from warrantgraph_server.negotiation import choose
from warrantgraph_server.pages import page
from warrantgraph_server.refusals import UnknownResourceError
from warrantgraph_server.routing import readable
from warrantgraph_server.well_known import VOID

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from warrantgraph_server.serving import Serving

__all__ = ["exports_router"]

MANIFEST = "manifest.json"

_MOVING: Final = {"Cache-Control": "no-cache"}
_FIXED: Final = {"Cache-Control": "public, max-age=31536000, immutable"}

_SAME_CONTENT: Final = (
    {"application/trig", "application/n-quads"},
    {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
)
"""Files of one name whose types are in one of these hold the same triples."""

_SHOWN_IN_BROWSERS: Final = ("application/json", "text/plain")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Files that lie in one folder and under one path, and the description of them all."""

    folder: Path
    path: str
    files: Mapping[str, ExportFile]
    described: bool

    @classmethod
    def of(cls, folder: Path, path: str, files: Mapping[str, ExportFile], void: bool) -> _Shelf:
        """Put up files, and each variant of them as a file of its own."""
        variants = {
            variant.name: ExportFile(variant.sha256, variant.size, FILE_CODINGS[coding])
            for file in files.values()
            for coding, variant in file.variants.items()
            if coding in FILE_CODINGS
        }
        return cls(folder, path, {**variants, **files}, void)

    def send(self, request: Request, name: str, more: Mapping[str, str]) -> Response:
        """Answer with a file of the shelf; raises UnknownResourceError if there is none."""
        file = self.files.get(name)
        if file is None:
            known = ", ".join(sorted(self.files))
            raise UnknownResourceError(f'there is no export "{name}"; there are {known}')
        root = str(request.scope.get("root_path", ""))
        shown = "inline" if file.media_type in _SHOWN_IN_BROWSERS else "attachment"
        headers = {
            "Content-Disposition": f'{shown}; filename="{name}"',
            "Link": ", ".join(self._links(root, name, file)),
            **more,
        }
        sent = SentFile(self.folder / name, file.sha256, file.size, _content_type(file.media_type))
        if file.variants:
            headers["Vary"] = ", ".join([*filter(None, [headers.get("Vary")]), "Accept-Encoding"])
        coding = _coding(request, file)
        if coding != IDENTITY:
            headers["Content-Encoding"] = coding
            variant = file.variants[coding]
            path = self.folder / variant.name
            sent = SentFile(path, variant.sha256, variant.size, sent.content_type)
        return send_file(request, sent, headers)

    def _links(self, root: str, name: str, file: ExportFile) -> list[str]:
        """Where else it is, in which other formats, and what describes it (RFC 8288)."""
        links = [f'<{BASE}{self.path}/{name}>; rel="canonical"']
        for other, each in self.files.items():
            types = {file.media_type, each.media_type}
            same = any(types <= group for group in _SAME_CONTENT)
            if other != name and same and _stem(other) == _stem(name):
                address = f"{root}/{self.path}/{other}"
                links.append(f'<{address}>; rel="alternate"; type="{each.media_type}"')
        if self.described and name != VOID_FILE:
            links.append(f'<{root}{VOID}>; rel="describedby"; type="text/turtle"')
        return links


def exports_router(serving: Serving) -> APIRouter:
    """The routes of the exports."""
    router = APIRouter()

    @readable(router, "/exports/", "The files of the release")
    def index(request: Request) -> Response:
        media_type = choose(request.headers.get("accept"), ["application/json", "text/html"])
        if media_type is None:
            raise NotAcceptableError("the list of exports is available as JSON and HTML")
        release = serving.release
        if media_type == "text/html":
            context = {"manifest": release.manifest, "changes": find_changes(release)}
            return page(request, "exports.html", context, headers={"Vary": "Accept"})
        return _shelf(release, "exports").send(request, MANIFEST, {"Vary": "Accept", **_MOVING})

    @readable(router, "/exports/{name}", "A file of the latest release")
    def export(request: Request, name: str) -> Response:
        release = serving.release
        root = str(request.scope.get("root_path", ""))
        here = {"Content-Location": f"{root}/exports/{release.manifest.version}/{name}"}
        return _shelf(release, "exports").send(request, name, {**here, **_MOVING})

    @readable(router, "/exports/changes/{name}", "What changed since the release before")
    def changed(request: Request, name: str) -> Response:
        return _changes(serving.release, "exports/changes").send(request, name, _MOVING)

    @readable(router, "/exports/changes/{asked}/{name}", "What changed with one release")
    def fixed_changes(request: Request, asked: str, name: str) -> Response:
        shelf = _changes(_release(serving, asked), f"exports/changes/{asked}")
        return shelf.send(request, name, _FIXED)

    @readable(router, "/exports/{asked}/{name}", "A file of one release, for ever the same")
    def fixed_export(request: Request, asked: str, name: str) -> Response:
        return _shelf(_release(serving, asked), f"exports/{asked}").send(request, name, _FIXED)

    return router


def _release(serving: Serving, version: str) -> Release:
    """The release of a version: the one that is served, or one that is still kept beside it."""
    current = serving.release
    if version == current.manifest.version:
        return current
    if is_version(version):
        with suppress(ReleaseError, OSError):
            kept = Release.open(current.folder.parent / version)
            if kept.manifest.version == version:
                return kept
    raise UnknownResourceError(
        f'this server has version "{current.manifest.version}" of the release, and does not keep '
        f'"{version}"'
    )


def _changes(release: Release, path: str) -> _Shelf:
    changes = find_changes(release)
    if changes is None:
        raise UnknownResourceError(
            "no release before this one was there to compare with, so no changes are known"
        )
    about = (changes.folder / CHANGES_MANIFEST).read_bytes()
    files = {**changes.files, CHANGES_MANIFEST: ExportFile.of(about, "application/json")}
    return _Shelf.of(changes.folder, path, files, VOID_FILE in release.manifest.files)


def _shelf(release: Release, path: str) -> _Shelf:
    manifest = (release.folder / MANIFEST).read_bytes()
    files = {**release.manifest.files, MANIFEST: ExportFile.of(manifest, "application/json")}
    return _Shelf.of(release.folder, path, files, VOID_FILE in files)


def _coding(request: Request, file: ExportFile) -> str:
    """The coding to send a file in; a range that holds on to no tag is one of the plain file.

    A piece of a compressed file is of use to those alone who have the rest, and they say so by
    `If-Range`; libraries that accept gzip unasked mean the plain bytes.
    """
    lines = request.headers.getlist("accept-encoding")
    accepted = ", ".join(lines) if lines else None
    if "range" in request.headers and "if-range" not in request.headers:
        plain = choose_coding(accepted, ())
        if plain:
            return plain
    coding = choose_coding(accepted, file.variants)
    if coding is None:
        codings = " and ".join(["as it is", *(f"in {name}" for name in file.variants)])
        raise NotAcceptableError(f"this is available {codings}; Accept-Encoding refuses that")
    return coding


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _stem(name: str) -> str:
    return name.partition(".")[0]
