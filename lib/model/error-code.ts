/** The code of an error of the system, Postgres or Node (`ENOENT`, `57P03`); "" if it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const NO_SPACE = "no space left on its disk";
const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  ENOENT: "its folder does not exist",
  EACCES: "this account may not write there",
  EROFS: "its disk can only be read",
};

/** What a message says after the name of what could not be written. */
export function unwritableWords(error: unknown): string {
  const code = errorCode(error);
  return `${UNWRITABLE[code] ?? "cannot be written"} (${code})`;
}
