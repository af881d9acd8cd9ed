/** What went wrong with a build, in words that say what to do. */

const FULL = /ENOSPC|no space left|disk is full|database or disk is full|EFBIG|file too large|EDQUOT|quota exceeded/i;

/** The error, or a clearer one where the disk is full. */
export function clearer(error: unknown, folder: string): unknown {
  if (!isFull(error)) return error;
  return new Error(
    `the disk is full: the search index of ${folder} could not be built, and nothing of it was kept; make room and try again`,
    { cause: error },
  );
}

export function isFull(error: unknown): boolean {
  const { message = String(error), code = "" } = error as { message?: string; code?: string };
  return FULL.test(`${code} ${message}`);
}
