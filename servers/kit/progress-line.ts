/** One line of progress of a long command. */

export interface ProgressLine {
  show(text: string): void;
  /** Takes the line away, before something else is written. */
  clear(): void;
}

const QUIET_MS = 5000;

/** Rewritten in place on a terminal, else a line every few seconds. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
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
