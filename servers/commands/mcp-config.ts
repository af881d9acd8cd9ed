/** `medresearcher mcp-config <client>`: a configuration to paste, with absolute paths, so that it works from any folder. */
import { resolve } from "node:path";
import { Argument, Command } from "commander";
import { SERVER_NAMES } from "./registry.ts";

const CLIENTS = ["claude", "cursor", "vscode"] as const;
type Client = (typeof CLIENTS)[number];

/** Programs that are started from a menu do not have the shell's environment: what is set here travels along. */
const ENVIRONMENT = [
  "MEDRESEARCHER_HOME",
  "MEDRESEARCHER_MODEL",
  "MEDRESEARCHER_READING_MODEL",
  "MEDRESEARCHER_OFFLINE",
  "MEDRESEARCHER_ALLOW_HOSTS",
  "MEDRESEARCHER_BLOCKED",
  "MEDRESEARCHER_WEB_PROVIDERS",
  "MEDRESEARCHER_WEB_BUDGET",
  "MEDRESEARCHER_READ_DIRS",
  "OPENAI_BASE_URL",
  "OPENAI_API_KEY",
  "NCBI_API_KEY",
  "NCBI_EMAIL",
  "OPENFDA_API_KEY",
  "BRAVE_API_KEY",
  "TAVILY_API_KEY",
  "SERPER_API_KEY",
  "SEARXNG_URL",
  "NEO4J_URL",
  "NEO4J_USER",
  "NEO4J_PASSWORD",
  "PUBMED_URL",
  "WIKIPEDIA_URL",
];

/** @param program absolute path of the file that starts the command line */
export function mcpConfigCommand(program: string): Command {
  return new Command("mcp-config")
    .description("Prints the JSON that adds the five servers to an MCP client.")
    .addArgument(new Argument("<client>", "whose format").choices(CLIENTS))
    .option("--knowledge <name>", "knowledge folder that the servers open")
    .addHelpText(
      "after",
      "\nWhere it goes:\n  claude  claude_desktop_config.json, or .mcp.json in a project\n" +
        "  cursor  ~/.cursor/mcp.json, or .cursor/mcp.json in a project\n  vscode  .vscode/mcp.json",
    )
    .action((client: Client, options: { knowledge?: string }) => {
      const config = configuration(client, program, options.knowledge);
      process.stdout.write(`${JSON.stringify(config, null, 2)}\n`);
      const keys = setNames().filter((name) => /_(?:KEY|PASSWORD)$/.test(name));
      if (keys.length > 0) process.stderr.write(`note: the output holds ${keys.join(", ")}; keep it to yourself\n`);
    });
}

function configuration(client: Client, program: string, knowledge?: string) {
  const env = Object.fromEntries(setNames().map((name) => [name, process.env[name]!]));
  if (env["MEDRESEARCHER_HOME"]) env["MEDRESEARCHER_HOME"] = resolve(env["MEDRESEARCHER_HOME"]);
  const entry = (server: string) => ({
    ...(client === "claude" ? {} : { type: "stdio" }),
    command: process.execPath,
    args: [program, "mcp", server, ...(knowledge ? ["--knowledge", knowledge] : [])],
    ...(Object.keys(env).length > 0 ? { env } : {}),
  });
  const servers = Object.fromEntries(SERVER_NAMES.map((server) => [server, entry(server)]));
  return client === "vscode" ? { servers } : { mcpServers: servers };
}

function setNames(): string[] {
  return ENVIRONMENT.filter((name) => process.env[name]);
}
