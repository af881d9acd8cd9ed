/** `medresearcher mcp <server>`: one server over stdio, or over HTTP with `--http`. */
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { openServer, SERVER_NAMES, SERVERS, type ServerName } from "./registry.ts";

interface McpOptions {
  http?: number;
  host: string;
  allowHost?: string[];
  knowledge?: string;
}

export function mcpCommand(): Command {
  const list = SERVER_NAMES.map((name) => `  ${name.padEnd(18)}  ${SERVERS[name].summary}`).join("\n");
  return new Command("mcp")
    .description("Runs one MCP server: over stdio, or as Streamable HTTP at http://HOST:PORT/mcp.")
    .addArgument(new Argument("<server>", "which server").choices(SERVER_NAMES))
    .option("--http <port>", "serve over HTTP; 0 picks a free port and prints the address", port)
    .addOption(new Option("--host <address>", "address to listen on").default("127.0.0.1"))
    .option("--allow-host <name...>", "further Host and Origin names to accept")
    .option("--knowledge <name>", "knowledge folder: starter, home, …")
    .addHelpText(
      "after",
      `\nServers:\n${list}\n\nEnvironment: MEDRESEARCHER_HTTP_TOKEN asks HTTP callers for a bearer token.`,
    )
    .action(async (name: ServerName, options: McpOptions) => {
      const factory = await openServer(name, options.knowledge ? { knowledge: options.knowledge } : {});
      if (options.http === undefined) {
        const { serveStdio } = await import("../kit/serve-stdio.ts");
        await serveStdio(factory);
      } else {
        await overHttp(factory, options, options.http);
      }
    });
}

async function overHttp(factory: Awaited<ReturnType<typeof openServer>>, options: McpOptions, port: number) {
  const { serveHttp } = await import("../kit/serve-http.ts");
  const token = process.env["MEDRESEARCHER_HTTP_TOKEN"];
  // Before anything is announced: who reads that may stop it at once.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const server = await serveHttp(factory, {
    port,
    host: options.host,
    allowedHosts: options.allowHost ?? [],
    ...(token ? { token } : {}),
  });
  process.stderr.write(`${factory.name} serves ${server.url}${token ? " (bearer token required)" : ""}\n`);
  if (!token && !server.loopback) {
    process.stderr.write("warning: other machines can reach this server and no MEDRESEARCHER_HTTP_TOKEN is set\n");
  }
  await stopped;
  await server.close();
}

function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new InvalidArgumentError("a port is a number from 0 to 65535.");
  return number;
}
