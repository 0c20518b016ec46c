/** The code of an error of the system, Postgres or Node (`ENOENT`, `57P03`); "" if it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
