/** One check of the installation. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** The result. */
  readonly detail: string;
  /** The remedy; "" if all is well. */
  readonly remedy: string;
}

export function finding(check: string, ok: boolean, detail: string, remedy = ""): Finding {
  return { check, ok, detail, remedy: ok ? "" : remedy };
}
