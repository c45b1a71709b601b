"""A LangGraph agent that asks the library when it needs to: python examples/langgraph_agent.py [CORPUS [MODEL]]

Without a model a stand-in plays its part: it calls the tool once and repeats what it was given.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant import open_library

QUESTION = "How did Estonia win public trust?"


class StandIn(BaseChatModel):
    """Calls the one tool it has with the question, then ends with what the tool said."""

    tool: str = ""

    @property
    def _llm_type(self) -> str:
        return "stand-in"

    def bind_tools(self, tools: Sequence[Any], **given: Any) -> StandIn:
        """Return the stand-in with its tool."""
        return StandIn(tool=tools[0].name)

    def _generate(self, messages: list[BaseMessage], *given: Any, **named: Any) -> ChatResult:
        last = messages[-1]
        if isinstance(last, ToolMessage):
            reply = AIMessage(f"The library says: {last.content}")
        else:
            call = {"name": self.tool, "args": {"question": str(last.content)}, "id": "1", "type": "tool_call"}
            reply = AIMessage("", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=reply)])


library = open_library(sys.argv[1] if len(sys.argv) > 1 else "corpus")
agent = create_agent(sys.argv[2] if len(sys.argv) > 2 else StandIn(), [library.as_tool()])
messages = agent.invoke({"messages": [("human", QUESTION)]})["messages"]
print(messages[-1].content)
proofs = [message.artifact for message in messages if isinstance(message, ToolMessage)]
for citation in proofs[0].citations:
    print(f"[{citation.number}] {citation.file}, page {citation.page}, verified: {citation.verified}")
