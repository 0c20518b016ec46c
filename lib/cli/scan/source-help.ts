import { TRANSPORTS } from "#lib/sources/transports.ts";

/** What a help text says of sources: every transport with its forms, what it reads, and an example. */
export function formatSourceHelp(): string {
  const rows = TRANSPORTS.map(
    ({ spellings, reads, example }) => `  ${spellings.join(", ")}\n      ${reads}\n      Example: ${example}`,
  );
  return `\nSources (one without the word and the colon is guessed):\n${rows.join("\n")}`;
}
