/** What long commands need: a line of progress on stderr, and an orderly end at Ctrl-C. */

export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

const QUIET_MS = 5000;

/** Rewritten in place on a terminal, else a line every few seconds. */
export function progressTo(stream: NodeJS.WriteStream): ProgressLine {
  let last = performance.now();
  let shown = false;
  return {
    show(text) {
      if (stream.isTTY) {
        stream.write(`\r\u{1b}[K${text.slice(0, (stream.columns || 80) - 1)}`);
        shown = true;
      } else if (performance.now() - last > QUIET_MS) {
        stream.write(`${text}\n`);
        last = performance.now();
      }
    },
    clear() {
      if (shown) stream.write("\r\u{1b}[K");
      shown = false;
    },
  };
}

/** The first signal aborts, the second ends the process at once. */
export function stopOnSignals(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error("stopped by the user"));
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.on(name, stop);
  return {
    signal: controller.signal,
    release() {
      for (const name of signals) process.off(name, stop);
    },
  };
}
