"""One line an event."""

import json
import logging
from collections.abc import Callable

import structlog

from gqlregistry import logs

Logged = Callable[..., Callable[[], str]]


def test_json_lines_carry_the_request_and_the_facts(logged: Logged) -> None:
    shown = logged("info", "json")
    with logs.request_context("r1"):
        structlog.get_logger("here").info("logged", count=3)
        logging.getLogger("library").warning("said %s", "so")
    structlog.get_logger("here").info("outside")
    first, second, third = (json.loads(line) for line in shown().splitlines())
    assert (first["message"], first["count"], first["request_id"], first["level"]) == ("logged", 3, "r1", "info")
    assert (second["message"], second["request_id"], second["logger"]) == ("said so", "r1", "library")
    assert "request_id" not in third


def test_an_exception_is_one_json_line(logged: Logged) -> None:
    shown = logged("info", "json")
    try:
        raise RuntimeError("why")
    except RuntimeError:
        structlog.get_logger("here").exception("failed")
    (line,) = shown().splitlines()
    assert "RuntimeError: why" in json.loads(line)["exception"]


def test_less_than_the_level_is_left_out(logged: Logged) -> None:
    shown = logged("warning", "console")
    structlog.get_logger("here").info("quiet")
    structlog.get_logger("here").warning("loud")
    logging.getLogger("library").info("quiet")
    written = shown()
    assert ("loud" in written, "quiet" in written) == (True, False)
