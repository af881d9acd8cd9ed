/** Redis, asked with its own protocol. */
import { connect as connectPlain } from "node:net";
import { connect as connectTls } from "node:tls";
import { ANSWER_MS, failed, messageOf, ok, problem, type Finding } from "./finding.ts";

/** A `PING` as the protocol has it; the password of the address is sent before it. */
export async function pingRedis(address: string): Promise<Finding> {
  let url: URL;
  try {
    url = new URL(address);
    if (!/^rediss?:$/.test(url.protocol)) throw new Error("scheme");
  } catch {
    return problem("Redis", "REDIS_URL is no address of a Redis server", "set it to redis://[:PASSWORD@]HOST:6379");
  }
  const where = `${url.hostname}:${url.port || 6379}`;
  try {
    const reply = await redisReply(url);
    if (reply.startsWith("+PONG")) return ok("Redis", `${where} answers`);
    if (/^-(?:NOAUTH|WRONGPASS)/.test(reply)) {
      return problem(
        "Redis",
        `${where} refuses the password`,
        "put the password into REDIS_URL: redis://:PASSWORD@HOST:6379",
      );
    }
    return problem("Redis", `${where} is no Redis: it said ${JSON.stringify(reply.slice(0, 60))}`, "correct REDIS_URL");
  } catch (error) {
    return failed("Redis", new Error(`${where} could not be reached (${messageOf(error)})`));
  }
}

function redisReply(url: URL): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const target = { host: url.hostname, port: Number(url.port || 6379) };
  const socket =
    url.protocol === "rediss:" ? connectTls({ ...target, servername: url.hostname }) : connectPlain(target);
  const password = decodeURIComponent(url.password);
  const user = decodeURIComponent(url.username);
  const login = password ? command("AUTH", ...(user ? [user] : []), password) : "";
  let said = "";
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error("no answer")));
  socket.once("error", reject);
  socket.once("end", () => resolve(said));
  socket.on("data", (part) => {
    said += part.toString();
    // The answer to AUTH comes first; a refusal ends the matter.
    const lines = said.split("\r\n").slice(0, -1);
    const last = lines[password && lines[0]?.startsWith("+OK") ? 1 : 0];
    if (last === undefined) return;
    resolve(last);
    socket.end();
  });
  socket.write(login + command("PING"));
  return promise;
}

function command(...words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
}
