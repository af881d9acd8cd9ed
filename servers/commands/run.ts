/** Runs one commander command: usage errors end with 2, help with 0, whatever a command throws goes on to the caller. */
import { CommanderError, type Command } from "commander";

/** @returns the exit code */
export async function runCommand(command: Command, name: string, args: string[]): Promise<number> {
  command.name(name);
  for (const [part, path] of withSubcommands(command, name)) {
    part.exitOverride().showHelpAfterError(`\nUsage: ${path} ${part.usage()}\n\`${path} --help\` says more.`);
  }
  try {
    await command.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return Number(process.exitCode ?? 0);
}

function* withSubcommands(command: Command, path: string): Generator<[Command, string]> {
  yield [command, path];
  for (const child of command.commands) yield* withSubcommands(child, `${path} ${child.name()}`);
}
