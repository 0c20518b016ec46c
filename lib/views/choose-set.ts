import "server-only";
import { matchesPattern } from "#lib/analysis/name-pattern.ts";
import { MAX_SETS } from "#lib/analysis/sharing/overlap.ts";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { type BaseGroup, listBases } from "#lib/db/queries/list-bases.ts";
import { MAX_NAMED_SETS, type NamedSet, openNamedSets } from "#lib/db/sets/named-sets.ts";
import { database } from "./database.ts";

/** An artifact to choose. */
export interface Choice {
  /** What an address calls it: the name where the newest scan under it is meant, else the digest. */
  readonly text: string;
  readonly name: string;
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
/** Twelve hex digits, after `sha256:`: an address with the digest is still one that can be read out. */
const DIGEST_START = 7;
const DIGEST_END = 19;
/** Artifacts that a name pattern is tried on. */
const PATTERN_LIMIT = 1000;
const BASE_LIMIT = 6;
const PATTERN_GROUPS = 4;

/** What can be chosen, by a part of the name or by a pattern with `*` in it. */
export async function loadChoices(text: string): Promise<Choices> {
  const db = await database();
  const wanted = text.trim();
  const stem = wanted.split("*").reduce((longest, part) => (part.length > longest.length ? part : longest), "");
  const [listed, bases, sets] = await Promise.all([
    listArtifacts(db, { text: stem, sort: "name", direction: "asc", limit: PATTERN_LIMIT }),
    listBases(db, BASE_LIMIT),
    openNamedSets(db).list(MAX_NAMED_SETS),
  ]);
  const all = toChoices(listed.rows);
  const found = wanted.includes("*") ? all.filter(({ name }) => matchesPattern(wanted, name)) : all;
  const patterns = wanted.includes("*") ? [toGroup(wanted, found)] : findPrefixes(all, wanted);
  const onBase = bases
    .filter(({ names }) => wanted === "" || names.some((name) => name.toLowerCase().includes(wanted.toLowerCase())))
    .map(toBaseGroup);
  return {
    choices: found.slice(0, CHOICE_LIMIT),
    matching: wanted.includes("*") ? found.length : listed.matching,
    groups: [...toSetGroups(sets, wanted), ...patterns, ...onBase].filter(({ texts }) => texts.length > 1),
  };
}

type Row = Awaited<ReturnType<typeof listArtifacts>>["rows"][number];

function toChoices(rows: readonly Row[]): Choice[] {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const known = newest.get(row.name);
    if (known === undefined || row.scannedAt > known.scannedAt) newest.set(row.name, row);
  }
  return rows.map((row) => ({
    text: row.name !== "" && newest.get(row.name) === row ? row.name : row.digest.slice(DIGEST_START, DIGEST_END),
    name: row.name,
    kind: row.kind,
    digest: row.digest,
    bytes: row.kind === "image" ? row.layersContentSize : row.closureSize,
  }));
}

function toGroup(label: string, found: readonly Choice[]): ChoiceGroup {
  const texts = found.map(({ text }) => text);
  return { kind: "pattern", label, texts: texts.slice(0, MAX_SETS), count: texts.length };
}

const WORD = /^(.+?[-_./:])/;

/** Patterns that the names themselves suggest: what stands before the first dash, slash, dot or colon, where several have it. */
function findPrefixes(all: readonly Choice[], wanted: string): ChoiceGroup[] {
  const byPrefix = Map.groupBy(
    all.filter(({ name }) => name.toLowerCase().startsWith(wanted.toLowerCase())),
    ({ name }) => WORD.exec(name)?.[1] ?? "",
  );
  byPrefix.delete("");
  return [...byPrefix]
    .filter(([, some]) => some.length > 1)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, PATTERN_GROUPS)
    .map(([prefix, some]) => toGroup(`${prefix}*`, some));
}

function toBaseGroup({ names, texts, imageCount }: BaseGroup): ChoiceGroup {
  return { kind: "base", label: names[0] ?? "", texts: texts.slice(0, MAX_SETS), count: imageCount };
}

function toSetGroups(sets: readonly NamedSet[], wanted: string): ChoiceGroup[] {
  return sets
    .filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
    .map(({ name, digests }) => {
      const texts = digests.map((digest) => digest.slice(DIGEST_START, DIGEST_END));
      return { kind: "set", label: name, texts: texts.slice(0, MAX_SETS), count: texts.length };
    });
}
