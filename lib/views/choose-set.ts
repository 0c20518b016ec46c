import "server-only";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { type BaseGroup, listBases } from "#lib/db/queries/list-bases.ts";
import { isPattern } from "#lib/db/queries/queryable.ts";
import { MAX_NAMED_SETS, type NamedSet, openNamedSets } from "#lib/db/sets/named-sets.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { database } from "./database.ts";

/** An artifact to choose. */
export interface Choice {
  /** The beginning of its digest: what is chosen stays what it is, wherever its names move. */
  readonly text: string;
  /** The name it is called by, and the others that mean it now. */
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly kind: "image" | "closure";
  readonly digest: string;
  readonly bytes: number;
}

/** Several artifacts that one choice takes in. */
export interface ChoiceGroup {
  readonly kind: "pattern" | "base" | "set";
  /** `m-*`; on a base the name of the image with fewest layers, the base itself where it is here; a named set's name. */
  readonly label: string;
  readonly texts: readonly string[];
  /** What the first of them are called; none where the label says it. */
  readonly names: readonly string[];
  /** All of them, taken in or not: a set holds 32 at most. */
  readonly count: number;
}

export interface Choices {
  readonly choices: readonly Choice[];
  readonly groups: readonly ChoiceGroup[];
  /** Artifacts that match, listed or not. */
  readonly matching: number;
}

const CHOICE_LIMIT = 60;
/** Artifacts whose names are looked through for patterns to suggest. */
const PATTERN_LIMIT = 1000;
const BASE_LIMIT = 6;
const PATTERN_GROUPS = 4;

/** What can be chosen, by a part of the name or by a pattern with `*` in it. */
export async function loadChoices(text: string): Promise<Choices> {
  const db = await database();
  const wanted = text.trim();
  const [listed, bases, sets] = await Promise.all([
    listArtifacts(db, { text: wanted, sort: "name", direction: "asc", limit: PATTERN_LIMIT }),
    listBases(db, BASE_LIMIT),
    openNamedSets(db).list(MAX_NAMED_SETS),
  ]);
  const all = toChoices(listed.rows);
  const patterns = isPattern(wanted) ? [toGroup(wanted, all, listed.matching)] : findPrefixes(all, wanted);
  const onBase = bases
    .filter(({ names }) => wanted === "" || names.some((name) => name.toLowerCase().includes(wanted.toLowerCase())))
    .map(toBaseGroup);
  return {
    choices: all.slice(0, CHOICE_LIMIT),
    matching: listed.matching,
    groups: [...toSetGroups(sets, wanted), ...patterns, ...onBase].filter(({ texts }) => texts.length > 1),
  };
}

type Row = Awaited<ReturnType<typeof listArtifacts>>["rows"][number];

function toChoices(rows: readonly Row[]): Choice[] {
  return rows.map((row) => ({
    text: shortDigest(row.digest),
    name: row.name,
    otherNames: row.names.filter((name) => name !== row.name),
    kind: row.kind,
    digest: row.digest,
    bytes: row.kind === "image" ? row.layersContentSize : row.closureSize,
  }));
}

function toGroup(label: string, found: readonly Choice[], count: number): ChoiceGroup {
  const first = found.slice(0, MAX_SETS);
  const [texts, names] = [first.map(({ text }) => text), first.map(({ name }) => name)];
  return { kind: "pattern", label, texts, names, count };
}

const WORD = /^(.+?[-_./:])/;

/**
 * Patterns that the names themselves suggest: what stands before the first dash, slash, dot or colon, where several artifacts
 * have it in any of their names. Each is listed by the name that fits.
 */
function findPrefixes(all: readonly Choice[], wanted: string): ChoiceGroup[] {
  const named = all.flatMap((choice) => [choice.name, ...choice.otherNames].map((name) => ({ ...choice, name })));
  const byPrefix = Map.groupBy(
    named.filter(({ name }) => name.toLowerCase().startsWith(wanted.toLowerCase())),
    ({ name }) => WORD.exec(name)?.[1] ?? "",
  );
  byPrefix.delete("");
  return [...byPrefix]
    .map(([prefix, some]) => [prefix, distinctBy(some, ({ text }) => text)] as const)
    .filter(([, some]) => some.length > 1)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, PATTERN_GROUPS)
    .map(([prefix, some]) => toGroup(`${prefix}*`, some, some.length));
}

/** The first of each key, in order. */
function distinctBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  return [...new Map(values.toReversed().map((value) => [keyOf(value), value])).values()].toReversed();
}

function toBaseGroup({ names, digests, imageCount }: BaseGroup): ChoiceGroup {
  const texts = digests.slice(0, MAX_SETS).map(shortDigest);
  return { kind: "base", label: names[0] ?? "", texts, names: names.slice(0, MAX_SETS), count: imageCount };
}

function toSetGroups(sets: readonly NamedSet[], wanted: string): ChoiceGroup[] {
  return sets
    .filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
    .map(({ name, digests }) => {
      const texts = digests.slice(0, MAX_SETS).map(shortDigest);
      return { kind: "set", label: name, texts, names: [], count: digests.length };
    });
}
