"""Lists and calls every tool of the given servers with the Python `mcp` client.

Reads the targets as JSON from stdin; prints `[{what, error?}]`. The client itself checks structured content against
the listed output schemas.
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters


def server_of(target):
    if target["transport"] == "http":
        return target["url"]
    command, *args = target["command"]
    return StdioServerParameters(command=command, args=args, env=target["env"])


async def check(what, run, checks):
    try:
        await run()
        checks.append({"what": what})
    except Exception as error:  # whatever is raised is the failure of this check
        checks.append({"what": what, "error": f"{type(error).__name__}: {error}"})


async def visit(target, mode, checks):
    where = f"{target['name']} over {target['transport']}, mode {mode}"
    async with Client(server_of(target), mode=mode, read_timeout_seconds=60) as client:

        async def listing():
            tools = (await client.list_tools()).tools
            names = [tool.name for tool in tools]
            assert names == [call["tool"] for call in target["calls"]], names
            assert all(tool.output_schema for tool in tools)

        await check(f"{where}: tools/list", listing, checks)
        for call in target["calls"]:

            async def calling(call=call):
                result = await client.call_tool(call["tool"], call["args"])
                assert not result.is_error, result.content[0].text
                assert json.loads(result.content[0].text) == result.structured_content

            await check(f"{where}: {call['tool']}", calling, checks)


async def main():
    checks = []
    for target in json.load(sys.stdin):
        for mode in ("legacy", "auto"):

            async def whole(target=target, mode=mode):
                await visit(target, mode, checks)

            before = len(checks)
            await check(f"{target['name']} over {target['transport']}, mode {mode}: session", whole, checks)
            if len(checks) == before:
                raise RuntimeError("nothing was checked")
    json.dump(checks, sys.stdout)


asyncio.run(main())
