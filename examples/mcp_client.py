"""Ask the library through MCP, as an assistant would (extra [mcp]): python examples/mcp_client.py [CORPUS]"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client


async def main(corpus: str) -> None:
    """Start the server, list its tools, ask, and open the page of the first citation."""
    index = str(Path(corpus).parent / "index")
    arguments = ["-m", "assistant", "mcp", "--corpus", corpus, "--index", index]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))
    async with Client(stdio_client(server)) as client:
        print("tools:", ", ".join(tool.name for tool in (await client.list_tools()).tools))
        result = await client.call_tool("ask", {"question": "How did Estonia win public trust?"})
        answer = result.structured_content["answer"]
        print(answer["verdict"], answer["text"])
        first = answer["citations"][0]
        page = await client.call_tool("get_page", {"document": first["document"], "page": first["page"]})
        text = page.structured_content["page"]["text"]
        print("on its page:", " ".join(text[first["start"] : first["end"]].split()) == first["quote"])


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "corpus"))
