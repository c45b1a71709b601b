"""Whatever arguments are sent to a tool, the answer is what its schema says or one sentence; nothing else gets out."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import mcp_types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assistant import Library
from assistant.doors.mcp_server import Desk, MCPError
from tests.doors.test_mcp import CALLS, text_of
from tests.hostile.crafted import MARK, ODD

LONGEST = 700
anything = st.recursive(st.sampled_from(ODD), lambda one: st.lists(one, max_size=3), max_leaves=3)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Any]:
    """A call of a tool with one argument wrong, one too many or one too few."""
    name = draw(st.sampled_from(sorted(CALLS)))
    arguments: dict[str, Any] = dict(CALLS[name])
    kind = draw(st.sampled_from(["field", "known", "extra", "missing"]))
    if kind == "missing":
        del arguments[draw(st.sampled_from(sorted(arguments)))]
    elif kind == "field":
        arguments[draw(st.sampled_from(sorted(arguments)))] = draw(anything)
    else:
        known = ["history", "countries", "kinds", "first_year", "last_year", "documents", "languages", "top", "offset"]
        arguments[draw(st.sampled_from(known if kind == "known" else [MARK, "__class__", "scope"]))] = draw(anything)
    return name, arguments


@pytest.mark.filterwarnings("ignore")
def test_noise_is_answered_in_a_sentence(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(library)

    @given(calls())
    @settings(max_examples=250, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def played(call: tuple[str, Any]) -> None:
        name, arguments = call
        params = mcp_types.CallToolRequestParams.model_construct(name=name, arguments=arguments)
        try:
            result = asyncio.run(desk.call_tool(None, params))
        except MCPError as problem:
            raise AssertionError(f"a fault of ours for {name}: {problem}") from problem
        if result.is_error:
            said = text_of(result)
            assert said and len(said) <= LONGEST and "\n" not in said
            assert "Traceback" not in said and "site-packages" not in said
        else:
            Draft202012Validator(desk.tools[name].gives).validate(result.structured_content)

    with caplog.at_level(logging.INFO):
        played()
    assert MARK not in caplog.text
