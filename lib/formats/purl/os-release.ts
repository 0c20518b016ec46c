/** An os-release file longer than this is not read: real ones have less than 1 KiB. In UTF-16 units. */
export const MAX_OS_RELEASE_LENGTH = 64 * 1024;

/** The distribution of a package, from os-release(5); "" if unknown. */
export interface Distribution {
  /** `ID`: `debian`, `ubuntu`, `alpine`. */
  readonly id: string;
  /** `VERSION_ID`: `13`, `24.04`, `3.20.1`. */
  readonly version: string;
}

// os-release(5): ID contains "0–9, a–z, . _ -" only, VERSION_ID the same. Anything else would end up in identities.
const WORD = /^[a-z0-9._-]{1,64}$/;
const ASSIGNMENT = /^([A-Z][A-Z0-9_]*)=(.*)$/;

/** Number of parts of VERSION_ID that name the release line, if further parts are a point release. Others are used whole. */
const LINE_PARTS: Readonly<Record<string, number>> = {
  alpine: 2,
  debian: 1,
  rhel: 1,
  centos: 1,
  almalinux: 1,
  rocky: 1,
  ol: 1,
};

/**
 * The release line that packages are built for: `3.19` of Alpine 3.19.4, `9` of RHEL 9.4. A package is the same in two point
 * releases of one line.
 */
export function releaseLine({ id, version }: Distribution): string {
  const parts = Object.hasOwn(LINE_PARTS, id) ? LINE_PARTS[id] : undefined;
  return version.split(".").slice(0, parts).join(".");
}

/** Reads os-release(5): shell assignments, quoted or not, comments ignored. Never fails: unreadable values are "". */
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
