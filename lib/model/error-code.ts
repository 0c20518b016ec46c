/** The code of an error of the system, Postgres or Node (`ENOENT`, `57P03`); "" if it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const NO_SPACE = new Set(["ENOSPC", "EDQUOT"]);

/** What a message says after the name of what could not be written. */
export function unwritableWords(error: unknown): string {
  const code = errorCode(error);
  return NO_SPACE.has(code) ? `no space left on its disk (${code})` : `cannot be written (${code})`;
}
