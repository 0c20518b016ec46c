import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import "server-only";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { type BaseGroup, listBases } from "#lib/db/queries/list-bases.ts";
import { isPattern } from "#lib/db/queries/queryable.ts";
import { MAX_NAMED_SETS, type NamedSet, openNamedSets } from "#lib/db/sets/named-sets.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { database } from "./database.ts";

/** An artifact to select. */
export interface Choice {
  /** The beginning of its digest: the selection stays the same even if its names move. */
  readonly text: string;
  /** Its display name, and its other current names. */
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly kind: ArtifactKind;
  readonly digest: string;
  readonly manifestOnly: boolean;
  /** `undefined` if it is known by its manifest alone, or is an SBOM. */
  readonly bytes: number | undefined;
}

/** A selection of several artifacts at once. */
export interface ChoiceGroup {
  readonly kind: "pattern" | "base" | "set";
  /** `m-*`; for a base the name of the image with fewest layers, which is the base itself if it is stored; a named set's name. */
  readonly label: string;
  readonly texts: readonly string[];
  /** Display names of the first few; none if the label says it. */
  readonly names: readonly string[];
  /** Number of artifacts, selected or not: a set has at most 32. */
  readonly count: number;
}

export interface Choices {
  readonly choices: readonly Choice[];
  readonly groups: readonly ChoiceGroup[];
  /** Number of matching artifacts, listed or not. */
  readonly matching: number;
}

const MAX_CHOICES = 60;
/** Artifacts whose names are searched for suggested patterns. */
const MAX_PATTERN_NAMES = 1000;
const MAX_BASES = 6;
const PATTERN_GROUPS = 4;

/** The artifacts and sets to select, by a part of the name or by a pattern with `*`. */
export async function loadChoices(text: string): Promise<Choices> {
  const db = await database();
  const wanted = text.trim();
  const [listed, bases, sets] = await Promise.all([
    listArtifacts(db, { text: wanted, sort: "name", direction: "asc", limit: MAX_PATTERN_NAMES }),
    listBases(db, MAX_BASES),
    openNamedSets(db).list(MAX_NAMED_SETS),
  ]);
  const all = toChoices(listed.rows);
  const patterns = isPattern(wanted) ? [toGroup(wanted, all, listed.matching)] : findPrefixes(all, wanted);
  const onBase = bases
    .filter(({ names }) => wanted === "" || names.some((name) => name.toLowerCase().includes(wanted.toLowerCase())))
    .map(toBaseGroup);
  return {
    choices: all.slice(0, MAX_CHOICES),
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
    manifestOnly: row.manifestOnly,
    bytes: row.kind === "image" ? row.layersContentSize : row.kind === "closure" ? row.closureSize : undefined,
  }));
}

function toGroup(label: string, found: readonly Choice[], count: number): ChoiceGroup {
  const first = found.slice(0, MAX_SETS);
  const [texts, names] = [first.map(({ text }) => text), first.map(({ name }) => name)];
  return { kind: "pattern", label, texts, names, count };
}

const WORD = /^(.+?[-_./:])/;

/**
 * Suggested patterns: the part before the first dash, slash, dot or colon, if several artifacts have it in any of their names.
 * Each artifact is listed by the matching name.
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
