import { type ComponentReading, listNamedHolders } from "#lib/db/queries/list-named-holders.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { searchNodes } from "#lib/db/queries/search-nodes.ts";
import { toStorable } from "#lib/db/write/storable-text.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import { toUnknownName, UsageError } from "#lib/model/problem.ts";

/** Names that are suggested for one that is not known. */
const MAX_SUGGESTIONS = 12;
/** Components of one question. */
export const MAX_NAMED_COMPONENTS = 100;
/** Characters of a name, of which each `-` and `@` may precede a version. */
export const MAX_COMPONENT_TEXT = 4096;

/**
 * Which stored artifacts have these components at all. A component is named by its purl (the qualifiers may be left out), its store
 * path, its name, `NAME@VERSION` or `NAME-VERSION`; without a version, all versions are meant. Throws a UsageError for a name that no
 * stored component has.
 */
export async function answerNamedHolders(db: Queryable, texts: readonly string[]): Promise<NamedHolder[]> {
  checkTexts(texts);
  const readings = texts.map((text) => readComponent(toStorable(text)));
  const holders = await listNamedHolders(db, readings);
  for (const [i, reading] of readings.entries())
    if (!holders.some((holder) => isMeant(reading, holder))) throw await toUnknown(db, texts[i]!);
  return holders;
}

function checkTexts(texts: readonly string[]): void {
  if (texts.length > MAX_NAMED_COMPONENTS)
    throw new UsageError(`expected at most ${MAX_NAMED_COMPONENTS} components, got ${texts.length}`);
  if (texts.some((text) => text.trim() === "" || text.length > MAX_COMPONENT_TEXT))
    throw new UsageError(`expected the name of a component, of at most ${MAX_COMPONENT_TEXT} characters`);
}

/** All that a text may mean. */
export function readComponent(text: string): ComponentReading {
  const splits = [...text.matchAll(/[@-]/g)].flatMap(({ index }) => {
    const [name, version] = [text.slice(0, index), text.slice(index + 1)];
    return name === "" || version === "" ? [] : [{ name, version }];
  });
  return { identity: text, names: [{ name: text, version: null }, ...splits] };
}

function isMeant({ identity, names }: ComponentReading, holder: NamedHolder): boolean {
  if (holder.identity === identity || holder.identity.startsWith(`${identity}?`)) return true;
  return names.some(({ name, version }) => name === holder.name && (version === null || version === holder.version));
}

async function toUnknown(db: Queryable, text: string): Promise<UsageError> {
  const [last] = readComponent(text).names.slice(-1);
  const near = await searchNodes(db, toStorable(last!.name), { limit: MAX_SUGGESTIONS });
  const candidates = near.map(({ identity }) => identity);
  return toUnknownName(`no stored artifact has a component named ${text}`, candidates);
}
