"""The server of the Model Context Protocol on standard input and output, by the extra package `mcp`.

Calls are answered one after another, in the order in which they come, in one thread: a call is short, and what it
writes is written before the next one begins. Only what runs code of the learner's has a thread of its own, one at a
time, so that nothing else waits for it; so has what a change leaves to do when it is answered. While it serves,
whatever else is printed in this process goes to standard error.
"""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout

import anyio
from anyio import to_thread
from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from mlcoach.adapters.assistant.offer import Offer, OfferedPrompt, OfferedTool

INVALID = types.INVALID_PARAMS


def server_of(offer: Offer, answered: Callable[[], object] = lambda: None) -> "Server[dict[str, object]]":
    """Return the server of an offer, for any transport. `answered` is called when a change was made."""
    tools = [_tool(tool) for tool in offer.tools]
    changing = {tool.name for tool in offer.tools if tool.writes}
    slow = anyio.CapacityLimiter(1)
    prompts = [_prompt(prompt) for prompt in offer.prompts]

    async def list_tools(
        _: ServerRequestContext[dict[str, object]], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def call_tool(
        _: ServerRequestContext[dict[str, object]], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        given = params.arguments or {}
        if offer.takes_long(params.name, given):
            said = await to_thread.run_sync(offer.call, params.name, given, limiter=slow)
        else:
            said = offer.call(params.name, given)
        if params.name in changing:
            answered()
        return types.CallToolResult(content=[types.TextContent(text=said.text)], is_error=said.failed)

    async def list_prompts(
        _: ServerRequestContext[dict[str, object]], params: types.PaginatedRequestParams | None
    ) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=prompts)

    async def get_prompt(
        _: ServerRequestContext[dict[str, object]], params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        said = offer.prompt(params.name, params.arguments or {})
        if said.failed:
            raise MCPError(INVALID, said.text)
        message = types.PromptMessage(role="user", content=types.TextContent(text=said.text))
        return types.GetPromptResult(messages=[message])

    return Server(
        offer.name,
        version=offer.version,
        instructions=offer.instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


def serve(offer: Offer) -> None:
    """Serve one client on standard input and output until it goes."""
    anyio.run(_serve, offer)


async def _serve(offer: Offer) -> None:
    one = anyio.CapacityLimiter(1)

    async def follow() -> None:
        if not one.available_tokens:
            return  # it is under way, or about to begin
        await to_thread.run_sync(offer.afterwards, limiter=one)

    try:
        async with stdio_server() as (incoming, outgoing), anyio.create_task_group() as following:
            server = server_of(offer, lambda: following.start_soon(follow))
            # The descriptor is diverted already; what Python still holds of a print would follow at the very end.
            with redirect_stdout(sys.stderr):
                offer.warm()
                await server.run(incoming, outgoing, server.create_initialization_options())
    except* (BrokenPipeError, anyio.BrokenResourceError, anyio.ClosedResourceError):
        pass  # the client went while something was on its way to it


def _tool(tool: OfferedTool) -> types.Tool:
    hints = types.ToolAnnotations(
        read_only_hint=not tool.writes, destructive_hint=False, idempotent_hint=not tool.writes, open_world_hint=False
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=dict(tool.schema),
        annotations=hints,
    )


def _prompt(prompt: OfferedPrompt) -> types.Prompt:
    name, meaning = prompt.argument
    arguments = [types.PromptArgument(name=name, description=meaning)]
    return types.Prompt(name=prompt.name, title=prompt.title, description=prompt.description, arguments=arguments)
