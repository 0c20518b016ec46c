/** A `WWW-Authenticate` challenge (RFC 9110, section 11.6.1). */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

// A scheme is a token that no `=` follows; a parameter is a token, `=`, and a token or a quoted text.
const PARTS = /([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w!#$%&'*+.^`|~-]+)/g;
/** Characters read of one header. */
const MAX_HEADER_LENGTH = 8192;

/** The challenges of a header, in order; what is not one is skipped. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  for (const [, name, quoted, token, scheme] of header.slice(0, MAX_HEADER_LENGTH).matchAll(PARTS)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    else if (name !== undefined && challenges.length > 0) {
      challenges.at(-1)!.parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, "$1") ?? token ?? "";
    }
  }
  return challenges;
}
