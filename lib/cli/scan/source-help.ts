import { TRANSPORTS } from "#lib/sources/transports.ts";

/** The section "Sources" of a help text: every transport with its spellings, what it reads, and an example. */
export function formatSourceHelp(): string {
  const rows = TRANSPORTS.map(
    ({ spellings, reads, example }) => `  ${spellings.join(", ")}\n      ${reads}\n      Example: ${example}`,
  );
  return `\nSources (without a transport, it is guessed):\n${rows.join("\n")}`;
}
