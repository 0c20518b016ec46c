/** One thing that was looked at in this set-up. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found. */
  readonly detail: string;
  /** What to do about it; "" where all is well. */
  readonly remedy: string;
}

export function finding(check: string, ok: boolean, detail: string, remedy = ""): Finding {
  return { check, ok, detail, remedy: ok ? "" : remedy };
}
