import { isObject } from "#lib/formats/json/index.ts";
import { READ_FOR } from "#lib/ingest/layers/read-purpose.ts";
import { scanLayer } from "#lib/ingest/layers/scan-layer.ts";
import { BASE_DIGEST, BASE_NAME } from "#lib/model/attached.ts";
import { ENTRY_KIND_NAMES, EntryKind } from "#lib/model/layer.ts";
import type { ComparedWithRebuild, RebuildComparison, RebuildDifference } from "#lib/model/rebase-answer.ts";
import type { RebuiltImage } from "./read-sides.ts";
import type { MovedTree } from "./sides.ts";

type Field = RebuildDifference["field"];

/** What each subject is, field by field. */
type Facts = ReadonlyMap<string, Readonly<Partial<Record<Field, string>>>>;

/** The rebased image as it would be written. */
export interface RebasedResult {
  readonly tree: MovedTree;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The tree with the merge layer on it. */
export async function withMergeLayer(after: MovedTree, mergeTar: Uint8Array): Promise<MovedTree> {
  if (mergeTar.length === 0) return after;
  return after.withLayer(await scanLayer(toChunks(mergeTar), READ_FOR.move));
}

/** What differs between a rebased image and one that was built on the new base: files, packages and settings. */
export function compareWithRebuild(result: RebasedResult, { about, config, tree }: RebuiltImage): RebuildComparison {
  return {
    rebuilt: { name: about.name, digest: about.digest },
    parts: [
      comparePart("files", listFiles(result.tree), listFiles(tree)),
      comparePart("packages", listPackages(result.tree), listPackages(tree)),
      comparePart("settings", listSettings(result.config), listSettings(config.json)),
    ],
  };
}

function comparePart(part: ComparedWithRebuild["part"], rebased: Facts, rebuilt: Facts): ComparedWithRebuild {
  const subjects = [...new Set([...rebased.keys(), ...rebuilt.keys()])].sort();
  const differences = subjects.map((subject) => compareFacts(subject, rebased, rebuilt));
  return { part, equalCount: differences.filter((each) => each.length === 0).length, differences: differences.flat() };
}

function compareFacts(subject: string, rebasedFacts: Facts, rebuiltFacts: Facts): RebuildDifference[] {
  const [rebased, rebuilt] = [rebasedFacts.get(subject), rebuiltFacts.get(subject)];
  if (rebased === undefined || rebuilt === undefined) {
    const has = (facts: object | undefined) => (facts === undefined ? "" : "present");
    return [{ subject, field: "presence", rebased: has(rebased), rebuilt: has(rebuilt) }];
  }
  const differing = (Object.keys({ ...rebased, ...rebuilt }) as Field[]).filter(
    (field) => (rebased[field] ?? "") !== (rebuilt[field] ?? ""),
  );
  // A link and a directory differ in everything else too.
  const fields = differing.includes("type") ? (["type"] as const) : differing;
  return fields.map((field) => ({
    subject,
    field,
    rebased: rebased[field] ?? "",
    rebuilt: rebuilt[field] ?? "",
  }));
}

function listFiles(tree: MovedTree): Facts {
  return new Map(tree.names.map((node) => [`/${node.path}`, toFileFacts(tree, node)]));
}

/** A directory that no layer lists has no attributes to compare. */
function toFileFacts(tree: MovedTree, node: MovedTree["root"]): Partial<Record<Field, string>> {
  const type = ENTRY_KIND_NAMES[node.kind]!;
  const entry = tree.entryOf(node);
  if (entry === undefined) return { type };
  const { mode, uid, gid, link, content, xattrs } = entry;
  const owner = `${uid}:${gid}`;
  const named = [...xattrs].sort().map(([name, value]) => `${name}=${Buffer.from(value, "latin1").toString("hex")}`);
  // A link's mode is not used, and each tool writes another.
  const facts = node.kind === EntryKind.symlink ? { link } : { mode: mode.toString(8), ...toContent(content) };
  return { type, owner, ...facts, xattrs: named.join(" ") };
}

function toContent(sha256: string): Partial<Record<Field, string>> {
  return sha256 === "" ? {} : { content: `sha256:${sha256}` };
}

/** What stands for files without a package. */
const NO_PACKAGES: ReadonlySet<string> = new Set(["unowned", "manager"]);

/** Versions by name: an image may have several of one package. */
function listPackages({ found }: MovedTree): Facts {
  const packages = found.components.filter(({ kind }) => !NO_PACKAGES.has(kind));
  const byName = Map.groupBy(packages, ({ kind, name }) => `${kind} ${name}`);
  return new Map(
    [...byName].map(([name, each]) => [
      name,
      {
        version: each
          .map(({ version }) => version)
          .sort()
          .join(", "),
      },
    ]),
  );
}

/** By variable and label, as they are merged. Labels that name the base are the rebase's own. */
function listSettings({ config }: Readonly<Record<string, unknown>>): Facts {
  if (!isObject(config)) return new Map();
  const { Env, Labels, ...others } = config;
  const variables = (Array.isArray(Env) ? Env.map(String) : []).map((line) => [
    `Env ${line.replace(/=.*/s, "")}`,
    line,
  ]);
  const labels = Object.entries(isObject(Labels) ? Labels : {})
    .filter(([name]) => name !== BASE_NAME && name !== BASE_DIGEST)
    .map(([name, value]) => [`Labels ${name}`, value]);
  const members = [...variables, ...labels, ...Object.entries(others)] as [string, unknown][];
  return new Map(members.filter(([, value]) => !isUnset(value)).map(([name, value]) => [name, toValue(value)]));
}

/** Builders write a setting that is not set in different ways. */
function isUnset(value: unknown): boolean {
  if (value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function toValue(value: unknown): { value: string } {
  return { value: typeof value === "string" ? value : JSON.stringify(value) };
}

async function* toChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
