import {
  DEFAULT_HIGHEST_USER_WASTED_PERCENT,
  DEFAULT_LOWEST_EFFICIENCY,
  DIVE_RULES,
  GATE_RULES,
  type GateRule,
  type Gates,
  type RungLimit,
  type ShareLimit,
} from "#lib/model/gates.ts";
import { InputError } from "#lib/model/problem.ts";
import { RUNG_NAMES } from "#lib/model/rung.ts";
import { parseYaml } from "./parse-yaml.ts";
import {
  isOff,
  type Placed,
  readChoice,
  readCount,
  readEntries,
  readRatio,
  readSize,
  readText,
  throwUnexpected,
  throwUnknownKey,
} from "./read-value.ts";

export { MAX_GATES_BYTES } from "./parse-yaml.ts";

/** Forbidden components: each is compared with each component. */
export const MAX_FORBIDDEN = 500;

/** Keys beside `rules` that files written for dive have. */
const DIVE_KEYS = ["ci", "plugins"];
/** Newer spellings of dive, beside `lowest-efficiency`, which is the same but for its dashes. */
const ALIASES: Readonly<Record<string, string>> = { lowestefficiencythreshold: "lowestefficiency" };
const RULE_BY_WORD = new Map(GATE_RULES.map((rule) => [toWord(rule), rule]));
const LIMIT_KEYS = ["size", "rung"];

const READERS: { readonly [Rule in GateRule]: (value: Placed) => Gates[Rule] } = {
  lowestEfficiency: readRatio,
  highestWastedBytes: readSize,
  highestUserWastedPercent: readRatio,
  maxRootfsSize: readSize,
  maxClosureSize: readSize,
  maxDownloadSize: readSize,
  maxAdded: readAdded,
  maxUnowned: readShare,
  maxDuplicateVersions: readCount,
  forbid: readForbidden,
  minShared: readRungLimit,
  maxUnshared: readSize,
  maxOrderPenalty: readSize,
};

/**
 * The rules of a `.dive-ci` or of our own file. A file with a rule of dive, or with none of ours, gets dive's defaults for the rules
 * of dive that it leaves out. Throws InputError `bad-config` for anything that is not understood, at its key.
 */
export function parseGates(bytes: Uint8Array, place: string): Gates {
  const document = { value: parseYaml(bytes, place), place };
  const given = new Map<GateRule, Placed>();
  for (const [key, entry] of document.value === null ? [] : readEntries(document)) {
    if (key === "rules") collectRules(entry, given);
    else if (!DIVE_KEYS.includes(key)) throwMisplaced(key, entry);
  }
  return withDefaults(given, Object.fromEntries([...given].filter(([, entry]) => !isOff(entry)).map(readRule)));
}

function throwMisplaced(key: string, entry: Placed): never {
  if (RULE_BY_WORD.has(toWord(key))) throw new InputError("bad-config", entry.place, "expected under rules:");
  return throwUnknownKey(key, entry, ["rules"]);
}

function collectRules(rules: Placed, given: Map<GateRule, Placed>): void {
  for (const [key, entry] of rules.value === null ? [] : readEntries(rules)) {
    const word = toWord(key);
    const rule = RULE_BY_WORD.get(ALIASES[word] ?? word);
    if (rule !== undefined && given.has(rule)) {
      throw new InputError("bad-config", entry.place, `${rule} is given twice`);
    }
    if (rule !== undefined) given.set(rule, entry);
    // dive's own example has a rule of a plugin; no version of dive has plugins.
    else if (!key.includes("/")) throwUnknownKey(key, entry, GATE_RULES);
  }
}

/** Equal for all spellings of a key: dive's older reader ignores case, its newer one writes dashes. */
function toWord(key: string): string {
  return key.replaceAll(/[-_]/g, "").toLowerCase();
}

function readRule([rule, entry]: [GateRule, Placed]): [GateRule, unknown] {
  return [rule, READERS[rule](entry)];
}

function withDefaults(given: ReadonlyMap<GateRule, Placed>, gates: Gates): Gates {
  const isForDive = DIVE_RULES.some((rule) => given.has(rule)) || given.size === 0;
  if (!isForDive) return gates;
  return {
    ...(given.has("lowestEfficiency") ? {} : { lowestEfficiency: DEFAULT_LOWEST_EFFICIENCY }),
    ...(given.has("highestUserWastedPercent") ? {} : { highestUserWastedPercent: DEFAULT_HIGHEST_USER_WASTED_PERCENT }),
    ...gates,
  };
}

/** `50MB`, or a mapping of `size` and `rung`. */
function readRungLimit(placed: Placed): RungLimit {
  return readLimit(placed, LIMIT_KEYS);
}

/** The same with `base`. */
function readAdded(placed: Placed): NonNullable<Gates["maxAdded"]> {
  return readLimit(placed, [...LIMIT_KEYS, "base"]);
}

function readLimit(placed: Placed, known: readonly string[]): RungLimit & { readonly base?: string } {
  if (!(placed.value instanceof Map)) return { bytes: readSize(placed) };
  const fields = new Map(readEntries(placed));
  for (const [key, entry] of fields) if (!known.includes(key)) throwUnknownKey(key, entry, known);
  const [size, rung, base] = ["size", "rung", "base"].map((key) => fields.get(key));
  if (size === undefined) return throwUnexpected(placed, `a mapping with ${known.join(", ")}`);
  return {
    bytes: readSize(size),
    ...(rung && { rung: readChoice(rung, RUNG_NAMES) }),
    ...(base && { base: readText(base) }),
  };
}

/** `20MB`, or `5%` of the image. */
function readShare(placed: Placed): ShareLimit {
  const { value, place } = placed;
  if (typeof value !== "string" || !value.trim().endsWith("%")) return { bytes: readSize(placed) };
  const share = Number(value.trim().slice(0, -1)) / 100;
  return share >= 0 && share <= 1 ? { share } : throwUnexpected({ value, place }, "0% to 100%, or a size");
}

function readForbidden(placed: Placed): string[] {
  const { value, place } = placed;
  if (!Array.isArray(value)) return [readText(placed)];
  if (value.length > MAX_FORBIDDEN) return throwUnexpected(placed, `at most ${MAX_FORBIDDEN} components`);
  return value.map((each: unknown, i) => readText({ value: each, place: `${place}: ${i + 1}` }));
}
