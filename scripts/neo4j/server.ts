/**
 * A real Neo4j for tests and benchmarks: its jars come once by Maven into the user's cache, it runs under Java 17 or newer
 * with its data in a folder of its own, and ends with the process that started it.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash, randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

const POM = join(import.meta.dirname, "pom.xml");
const START = join(import.meta.dirname, "Start.java");
const PASSWORD = "tests-only";
const START_SECONDS = 300;

/** What is missing and how to get it. */
export class MissingNeo4j extends Error {
  override readonly name = "MissingNeo4j";
}

export interface TestServer {
  url: string;
  user: string;
  password: string;
  /** As the operating system does it in need: nothing is written, connections break. */
  kill(): Promise<void>;
  /** Starts a killed server again at the same address, over the same data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** @throws MissingNeo4j where Java or Maven is not installed, or the jars cannot be had */
export async function startNeo4j(): Promise<TestServer> {
  const jars = ensureJars();
  const folder = mkdtempSync(join(tmpdir(), "neo4j-"));
  const port = await freePort();
  let running = await launch(jars, folder, port);
  return {
    url: `bolt://127.0.0.1:${port}`,
    user: "neo4j",
    password: PASSWORD,
    kill: () => end(running, "SIGKILL"),
    async restart() {
      running = await launch(jars, folder, port);
    },
    async stop() {
      await end(running, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder with Neo4j's jars, named by the pom that lists them; 144 MB, fetched where they are missing. */
function ensureJars(): string {
  if (!(javaVersion() >= 17)) {
    throw new MissingNeo4j("Java 17 or newer is not installed (Debian: apt-get install openjdk-17-jdk-headless)");
  }
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "medresearcher");
  const folder = join(cache, `neo4j-${createHash("sha256").update(readFileSync(POM)).digest("hex").slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const temporary = `${folder}.${process.pid}.tmp`;
  const goal = ["-q", "-B", "-f", POM, "dependency:copy-dependencies", `-DoutputDirectory=${temporary}`];
  // On stderr: what is printed on stdout may be read by a program.
  const { status, error } = spawnSync("mvn", goal, { stdio: ["ignore", 2, 2] });
  if (error) throw new MissingNeo4j("Maven is not installed (Debian: apt-get install maven)");
  if (status !== 0) throw new MissingNeo4j(`Maven could not fetch Neo4j (it ended with ${status})`);
  try {
    renameSync(temporary, folder);
  } catch (cause) {
    // Another process was quicker.
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw cause;
  }
  return folder;
}

function javaVersion(): number {
  const { stderr } = spawnSync("java", ["-version"], { encoding: "utf8" });
  return Number(/version "(\d+)/.exec(stderr ?? "")?.[1] ?? 0);
}

async function launch(jars: string, folder: string, port: number): Promise<ChildProcess> {
  const classes = join(jars, "*") + delimiter;
  const child = spawn("java", ["-Xmx1g", "-cp", classes, START, folder, String(port)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NEO4J_PASSWORD: PASSWORD },
  });
  let said = "";
  child.stderr.on("data", (part: Buffer) => (said = (said + part.toString()).slice(-4000)));
  const late = setTimeout(() => child.kill("SIGKILL"), START_SECONDS * 1000);
  try {
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith("bolt:")) return child;
  } finally {
    clearTimeout(late);
  }
  throw new Error(`Neo4j did not start: ${said.trim() || `nothing said in ${START_SECONDS} s`}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

/**
 * A port that is free, and of those that the system gives to nobody by itself: seconds pass until the server takes it,
 * and when it is killed it must have it again.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const probe = createServer().listen(port, "127.0.0.1");
    try {
      await once(probe, "listening");
    } catch {
      continue;
    }
    probe.close();
    await once(probe, "close");
    return port;
  }
}
