import { nearestTexts } from "#lib/model/nearest-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "./environment.ts";
import { splitImageName } from "./images/image-path.ts";
import type { Source, Transport } from "./transport.ts";
import { TRANSPORTS } from "./transports.ts";

/** Other words for an engine's images: the engine itself is asked for them. */
const KEPT_BY_ENGINES = new Set(["containers-storage", "podman"]);

/** Adds the transport to a source without one, guessed from the file at that path; the same text if there is none. */
export function spellSource(text: string, environment: SourceEnvironment, transports = TRANSPORTS): string {
  if (findTransport(text, transports) !== undefined) return text;
  const { path } = splitImageName(text, environment);
  const guessed = transports.find((transport) => transport.recognises?.(path, environment));
  return guessed === undefined ? text : `${guessed.name}:${text}`;
}

/** Parses a source. Throws UsageError if it is misspelt or incomplete, or if its transport is not allowed. */
export function parseSource(text: string, environment: SourceEnvironment, transports = TRANSPORTS): Source {
  const transport = findTransport(text, transports);
  if (transport === undefined) throw unknownSource(text, transports);
  const { name, spellings } = transport;
  if (!environment.allows(transport)) throw new UsageError(`${text}: transport ${name} is not allowed here`);
  const rest = text.slice(name.length + 1);
  if (rest === "" && !spellings.some((spelling) => spelling.startsWith(`${name}:[`)))
    throw new UsageError(`${text} is incomplete; expected`, spellings);
  return transport.parse(rest, environment);
}

function findTransport(text: string, transports: readonly Transport[]): Transport | undefined {
  return transports.find(({ name }) => text.startsWith(`${name}:`));
}

/** Suggests the nearest transport: usually one letter is missing. */
function unknownSource(text: string, transports: readonly Transport[]): UsageError {
  const word = text.slice(0, Math.max(text.indexOf(":"), 0));
  if (KEPT_BY_ENGINES.has(word)) {
    return new UsageError(
      `${text}: the engine is asked for its images; did you mean docker-daemon${text.slice(word.length)}?`,
    );
  }
  const names = transports.map(({ name }) => name);
  const [near] = word === "" ? [] : nearestTexts(word, names, 1);
  if (near !== undefined) return new UsageError(`${text}: did you mean ${near}${text.slice(word.length)}?`);
  const spellings = transports.flatMap((transport) => transport.spellings);
  return new UsageError(`${text}: unknown source; expected one of`, spellings);
}
