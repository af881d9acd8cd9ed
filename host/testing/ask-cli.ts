/** `ask` and `sessions` over the test parts, as a process: for tests of output, exit codes and signals. */
import { askCommand } from "../commands/ask.ts";
import { sessionsCommand } from "../commands/sessions.ts";
import { testParts } from "./parts.ts";

const [name, ...args] = process.argv.slice(2);
const command = name === "ask" ? askCommand(testParts) : sessionsCommand(testParts);
await command.parseAsync(args, { from: "user" });
