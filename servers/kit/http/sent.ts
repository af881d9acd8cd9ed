/**
 * When a request really leaves. `fetch` does not tell, and where it has to connect first, or the process is busy, that is
 * well after it was called: a pace that is kept at the call is not the pace that the host sees.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";

const asking = new AsyncLocalStorage<() => void>();
const tells = new WeakMap<object, () => void>();

/** What undici, inside Node and as a package, says of each request: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
interface Said {
  request: object;
}

subscribe("undici:request:create", (said) => {
  const sent = asking.getStore();
  if (sent) tells.set((said as Said).request, sent);
});
subscribe("undici:client:sendHeaders", (said) => tells.get((said as Said).request)?.());

/** Runs `ask`, which fetches, and calls `sent` when the request is written to its connection. */
export function tellingWhenSent<T>(sent: () => void, ask: () => T): T {
  return asking.run(sent, ask);
}
