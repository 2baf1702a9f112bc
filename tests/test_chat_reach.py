"""Nothing goes out that was not asked for, and a key is shown nowhere."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tomllib
import traceback
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chat_server import chat_server
from warrantgraph.errors import ExtractionError
from warrantgraph.extraction import Article
from warrantgraph.extraction.chat import ChatExtractor, ChatSettings

CASES = Path(__file__).parent / "cases" / "chat" / "settings.toml"
SETTINGS: dict[str, dict[str, Any]] = tomllib.loads(CASES.read_text(encoding="utf-8"))
ARTICLE = Article("Ann Day came.", date(2023, 3, 17))
NOTHING = {"content": "{}"}
HTTP_LIBRARY = "httpcore.http11"
"""Writes down, for who looks for mistakes in it, all that an endpoint says."""
KEY = "a-very-secret-key-7261"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("WARRANTGRAPH_CHAT_") or name.casefold().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_say_what_is_wrong_with_them(name: str) -> None:
    case = SETTINGS[name]
    environment = {f"WARRANTGRAPH_CHAT_{key}": value for key, value in case["set"].items()}
    if "error" in case:
        with pytest.raises(ExtractionError) as caught:
            ChatSettings.from_environment(environment)
        assert str(caught.value) == case["error"]
    else:
        assert ChatSettings.from_environment(environment).address == case["address"]


def test_options_come_before_the_environment() -> None:
    environment = {"WARRANTGRAPH_CHAT_URL": "http://127.0.0.1/a", "WARRANTGRAPH_CHAT_MODEL": "a"}
    settings = ChatSettings.from_environment(environment, url="http://127.0.0.1/b", model=None)
    assert (settings.url, settings.model) == ("http://127.0.0.1/b", "a")


def test_without_settings_there_is_no_extractor() -> None:
    with pytest.raises(ExtractionError, match="no model is configured: WARRANTGRAPH_CHAT_URL"):
        ChatExtractor()


def test_the_environment_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    with chat_server([NOTHING]) as server:
        monkeypatch.setenv("WARRANTGRAPH_CHAT_URL", server.address)
        monkeypatch.setenv("WARRANTGRAPH_CHAT_MODEL", "some/model:7b")
        asked = ChatExtractor()
        assert server.bodies == []
        assert asked.extract(ARTICLE).extractor == "chat some/model:7b"
    assert len(server.bodies) == 1


@pytest.mark.parametrize("asked_for", [False, True])
def test_a_proxy_is_used_only_if_asked_for(
    asked_for: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat_server([NOTHING]) as proxy, chat_server([NOTHING]) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address.removesuffix("/v1"))
        settings = ChatSettings(url=server.address, model="a-model", proxies=asked_for)
        ChatExtractor(settings).extract(ARTICLE)
        assert (len(proxy.bodies), len(server.bodies)) == ((1, 0) if asked_for else (0, 1))


def test_a_redirect_leads_nowhere() -> None:
    with chat_server([NOTHING]) as other:
        away = {"status": 308, "body": "", "headers": {"Location": f"{other.address}/x"}}
        with chat_server([away]) as server, pytest.raises(ExtractionError, match="redirect"):
            ChatExtractor(ChatSettings(url=server.address, model="a-model")).extract(ARTICLE)
        assert other.bodies == []


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    waits: list[float] = []
    settings = ChatSettings(url=f"http://127.0.0.1:{port}/v1", model="a-model")
    with pytest.raises(ExtractionError, match=r"cannot be reached: .*is it running") as caught:
        ChatExtractor(settings, wait=waits.append).extract(ARTICLE)
    assert str(caught.value).startswith("the endpoint at 127.0.0.1 ")
    assert waits == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with chat_server([NOTHING], context) as server:
        asked = ChatExtractor(ChatSettings(url=server.address, model="a-model", key=KEY))
        with pytest.raises(ExtractionError, match=r"cannot be reached: .*CERTIFICATE_VERIFY"):
            asked.extract(ARTICLE)
        assert server.heads == []


def test_inside_an_event_loop_it_says_so() -> None:
    async def extract() -> None:
        ChatExtractor(ChatSettings(url="http://127.0.0.1:9", model="m")).extract(ARTICLE)

    with pytest.raises(ExtractionError, match="inside an event loop"):
        asyncio.run(extract())


def test_a_text_that_was_decoded_wrongly_is_not_sent() -> None:
    with chat_server([NOTHING]) as server:
        asked = ChatExtractor(ChatSettings(url=server.address, model="a-model"))
        with pytest.raises(ExtractionError, match="half a char"):
            asked.extract(Article("Ann \ud800 Day", ARTICLE.published))
    assert server.bodies == []


ECHOES = [
    {"status": 200, "content": f'{{"{KEY}": "{KEY}"}}'},
    {"status": 200, "content": KEY},
    {"status": 200, "content": "", "refusal": f"I was given {KEY}."},
    {"status": 200, "content": f'{{"entities": [{{"name": "{KEY}", "kind": "person"}}]}}'},
    *(
        {"status": status, "body": f'{{"error": {{"message": "no: {KEY[:12]}*** Bearer {KEY}"}}}}'}
        for status in (400, 401, 403, 404, 418, 429, 500)
    ),
    {"status": 502, "body": f"<html>{KEY}</html>"},
    {"wire": f"HTTP/1.1 {KEY}\r\n\r\n"},
]


@pytest.mark.parametrize("script", ECHOES, ids=str)
def test_a_key_is_sent_and_never_shown(
    script: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with chat_server([script] * 3) as server:
        settings = ChatSettings(url=server.address, model="a-model", key=KEY, attempts=1)
        asked = ChatExtractor(settings)
        shown = [repr(settings), str(settings), repr(asked), asked.name]
        try:
            shown.append(repr(asked.extract(ARTICLE)) + str(asked.rejections))
        except ExtractionError as error:
            shown.append("".join(traceback.format_exception(error)))
    assert f"authorization: bearer {KEY}" in server.heads[0].casefold()
    shown += [record.getMessage() for record in caplog.records if record.name != HTTP_LIBRARY]
    assert [text for text in shown if KEY[:12] in text] == []


@pytest.mark.parametrize("missing", ["httpx", "spacy"])
def test_what_is_not_installed_is_named(missing: str) -> None:
    program = (
        f"import sys; sys.modules['{missing}'] = None\n"
        "from warrantgraph.extraction.chat import ChatExtractor, ChatSettings\n"
        "try: ChatExtractor(ChatSettings(url='http://127.0.0.1/v1', model='m'))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == (
        f"ExtractionError asking a model needs {missing}, which is not installed "
        "(install it with: pip install 'warrantgraph[extract]')\n"
    )
