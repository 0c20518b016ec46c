/** An os-release file longer than this is not read: real ones have less than 1 KiB. In UTF-16 units. */
export const MAX_OS_RELEASE_LENGTH = 64 * 1024;

/** Which distribution a package belongs to, as os-release(5) says; "" where it does not say. */
export interface Distribution {
  /** `ID`: `debian`, `ubuntu`, `alpine`. */
  readonly id: string;
  /** `VERSION_ID`: `13`, `24.04`, `3.20.1`. */
  readonly version: string;
}

// os-release(5): ID holds "0–9, a–z, . _ -" only, VERSION_ID the same. What else stands there would end up in identities.
const WORD = /^[a-z0-9._-]{1,64}$/;
const ASSIGNMENT = /^([A-Z][A-Z0-9_]*)=(.*)$/;

/** Reads os-release(5): shell assignments, quoted or not, comments ignored. Never fails: what it cannot read it leaves "". */
export function parseOsRelease(text: string): Distribution {
  if (text.length > MAX_OS_RELEASE_LENGTH) return { id: "", version: "" };
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = ASSIGNMENT.exec(line.trim());
    if (match !== null) values.set(match[1]!, unquote(match[2]!));
  }
  return { id: word(values.get("ID")), version: word(values.get("VERSION_ID")) };
}

function unquote(value: string): string {
  const quote = value[0];
  const quoted = value.length >= 2 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return quoted ? value.slice(1, -1) : value;
}

function word(value: string | undefined): string {
  return value !== undefined && WORD.test(value) ? value : "";
}
