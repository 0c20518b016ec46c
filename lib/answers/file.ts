import type { Pool } from "pg";
import { directoriesAbove } from "#lib/analysis/layers/layer-effects.ts";
import { computePathHistory } from "#lib/analysis/layers/path-history.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { getItemFile } from "#lib/db/queries/get-item-file.ts";
import { listContentHolders } from "#lib/db/queries/list-content-holders.ts";
import { listNodeNames } from "#lib/db/queries/list-node-names.ts";
import { listPathEntries, type PathEntry } from "#lib/db/queries/list-path-entries.ts";
import { listSources } from "#lib/db/queries/list-sources.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { FileAnswer, FilePlace } from "#lib/model/opened-file.ts";
import { toUnknownName, UsageError } from "#lib/model/problem.ts";
import { checkSized } from "./check-sized.ts";
import { loadKeptOwners } from "./kept/owners.ts";
import { followLinks } from "./link-way.ts";
import { loadPrograms } from "./programs.ts";
import { whileWhole } from "./while-whole.ts";

export interface FileQuestion {
  readonly artifactId: number;
  /** With or without a leading slash. */
  readonly path: string;
  /** The layer whose entry is meant; default: the one that containers see, else the newest. */
  readonly layer?: number | undefined;
}

/** Other artifacts listed. */
const MAX_HOLDERS = 20;

/** What one file of an image or a closure is. Throws a UsageError if there is none at this path. */
export function answerFile(db: Pool, question: FileQuestion): Promise<FileAnswer> {
  const { artifactId } = question;
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const artifact = await getArtifact(db, artifactId);
    const sources = await listSources(db, artifactId);
    return artifact.kind === "closure"
      ? { ...(await loadItemFile(db, artifactId, question.path, artifact.storeDir)), sources }
      : { ...(await loadImageFile(db, question)), sources };
  });
}

type Found = Omit<FileAnswer, "sources">;

async function loadImageFile(db: Queryable, { artifactId, path: given, layer }: FileQuestion): Promise<Found> {
  const path = given.replace(/^\/+|\/+$/g, "");
  const owners = await loadKeptOwners(db, artifactId);
  const entries = await listPathEntries(db, artifactId, [path, ...directoriesAbove(path)]);
  const entry = chooseEntry(entries, path, layer, owners);
  if (entry === undefined)
    throw toUnknownName(`nothing at /${path}${layer === undefined ? "" : ` in layer ${layer}`}`, []);
  const body = await findBody(db, artifactId, entry);
  const owner = owners[entry.row] ?? -1;
  const [name] = await listNodeNames(db, artifactId, owner >= 0 ? [owner] : []);
  const isVisible = owner !== -1;
  const { kind, mode, uid, gid, mtime, target, layer: position } = entry;
  const facts = { path, kind, mode, uid, gid, mtime, target, layer: position, isVisible, owner: name };
  return {
    ...facts,
    byteCount: body?.byteCount ?? 0,
    content: body === undefined ? undefined : { digest: body.digest, byteCount: body.byteCount },
    place: body === undefined ? undefined : toPlace(body),
    history: computePathHistory(path, entries),
    way: kind === EntryKind.symlink && isVisible ? await followLinks(db, path, { artifactId, owners }) : undefined,
    program:
      isVisible && body !== undefined ? (await loadPrograms(db, artifactId, [body.row])).get(body.row) : undefined,
    ...(await loadHolders(db, artifactId, body?.contentId ?? -1)),
  };
}

function chooseEntry(
  entries: readonly PathEntry[],
  path: string,
  layer: number | undefined,
  owners: Int32Array,
): PathEntry | undefined {
  const own = entries.filter((entry) => entry.path === path && entry.kind < EntryKind.whiteout);
  if (layer !== undefined) return own.findLast((entry) => entry.layer === layer);
  return own.find(({ row }) => owners[row] !== -1) ?? own.at(-1);
}

/** The entry with the bytes: a hard link's are those of its target, in its own layer or a lower one. */
async function findBody(db: Queryable, artifactId: number, entry: PathEntry): Promise<PathEntry | undefined> {
  if (entry.kind === EntryKind.file) return entry;
  if (entry.kind !== EntryKind.hardLink) return undefined;
  const targets = await listPathEntries(db, artifactId, [entry.target]);
  return targets.findLast(({ kind, layer }) => kind === EntryKind.file && layer <= entry.layer);
}

function toPlace({ diffId, ordinal, path }: PathEntry): FilePlace {
  return { kind: "layer", diffId, ordinal, path };
}

async function loadItemFile(db: Queryable, artifactId: number, given: string, storeDir: string): Promise<Found> {
  const path = `/${given.replace(/^\/+|\/+$/g, "")}`;
  if (!path.startsWith(`${storeDir}/`)) throw new UsageError(`${path} is not in ${storeDir}`);
  const inside = path.slice(storeDir.length + 1);
  const slash = inside.indexOf("/");
  const storePath = `${storeDir}/${slash === -1 ? inside : inside.slice(0, slash)}`;
  const rest = slash === -1 ? "" : inside.slice(slash + 1);
  const file = await getItemFile(db, artifactId, storePath, rest);
  if (file === undefined) throw toUnknownName(`nothing at ${path}, or the files of its item were not read`, []);
  const { kind, byteCount, target, executable, nodeIndex, name, version, contentId, digest } = file;
  const isFile = kind === EntryKind.file;
  return {
    path,
    kind,
    mode: isFile && !executable ? 0o444 : 0o555,
    uid: 0,
    gid: 0,
    mtime: 1,
    byteCount,
    target,
    content: isFile ? { digest, byteCount } : undefined,
    place: isFile ? { kind: "item", storePath, path: rest } : undefined,
    layer: -1,
    isVisible: true,
    owner: { nodeIndex, kind: "store", name, version },
    history: [],
    way: undefined,
    ...(await loadHolders(db, artifactId, contentId)),
  };
}

async function loadHolders(db: Queryable, artifactId: number, contentId: number) {
  if (contentId < 0) return { holders: [], hasMoreHolders: false };
  const holders = await listContentHolders(db, { artifactId, contentId, limit: MAX_HOLDERS + 1 });
  return { holders: holders.slice(0, MAX_HOLDERS), hasMoreHolders: holders.length > MAX_HOLDERS };
}
