/** Rows are scored window by window: what a window holds fits the processor's cache, and 16 bits say which row of it is meant. */

export const WINDOW_ROWS = 1 << 14;

export function windowOf(row: number): number {
  return Math.floor(row / WINDOW_ROWS);
}

/** The first row after the window of a row. */
export function endOfWindow(row: number): number {
  return (windowOf(row) + 1) * WINDOW_ROWS;
}
