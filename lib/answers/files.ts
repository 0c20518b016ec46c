import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import {
  type Directory,
  type DirectoryChild,
  type DirectoryRequest,
  listDirectories,
} from "#lib/db/queries/list-directory.ts";
import { type LayerDirectoryRequest, listLayerDirectory } from "#lib/db/queries/list-layer-directory.ts";
import { listNodeNames, type NodeName } from "#lib/db/queries/list-node-names.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { nearestTexts } from "#lib/model/nearest-text.ts";
import { toUnknownName, UsageError } from "#lib/model/problem.ts";
import { checkSized } from "./check-sized.ts";
import { loadKeptOwners } from "./kept/owners.ts";
import { whileWhole } from "./while-whole.ts";

/** Candidates listed for a wrong path. */
const MAX_SUGGESTED = 5;

export interface FilesAnswer {
  /** In the order asked for. A path that is not a directory has no children. */
  readonly directories: readonly Directory[];
  /** Names of the components that own the children. */
  readonly owners: readonly NodeName[];
}

/** Directories of an image as containers see them. Throws a GoneError if the image is removed meanwhile. */
export function answerDirectories(db: Queryable, question: Omit<DirectoryRequest, "owners">): Promise<FilesAnswer> {
  const { artifactId } = question;
  return whileWhole(db, [{ id: artifactId }], async () => {
    const owners = await loadKeptOwners(db, artifactId);
    return withOwners(db, artifactId, await listDirectories(db, { ...question, owners }));
  });
}

/** `path`: a directory or a file, without slashes at its ends; "" is the root. */
export interface PathQuestion extends Omit<LayerDirectoryRequest, "owners" | "layer"> {
  /** Position of a layer, for its own contents, visible or not; `undefined`: the names that containers see. */
  readonly layer: number | undefined;
}

/**
 * One directory of an image, or of one of its layers; for the path of a file, a directory with that file alone. Throws a
 * UsageError if nothing has the path, there is no such layer, or the artifact is a closure or an SBOM; a GoneError if it is removed meanwhile.
 */
export function answerPath(db: Pool, { artifactId, path, layer, limit }: PathQuestion): Promise<FilesAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    await checkLayer(db, artifactId, layer);
    const owners = await loadKeptOwners(db, artifactId);
    const list = async (asked: string, most: number): Promise<Directory> => {
      if (layer !== undefined) return listLayerDirectory(db, { artifactId, layer, path: asked, limit: most, owners });
      return (await listDirectories(db, { artifactId, paths: [asked], limit: most, owners }))[0]!;
    };
    const directory = await list(path, limit);
    if (directory.childCount > 0 || path === "") return withOwners(db, artifactId, [directory]);
    const parent = await list(path.slice(0, Math.max(0, path.lastIndexOf("/"))), Number.POSITIVE_INFINITY);
    return withOwners(db, artifactId, [findChild(parent, path)]);
  });
}

async function checkLayer(db: Pool, artifactId: number, layer = 0): Promise<void> {
  const { kind, name, layerCount } = await getArtifact(db, artifactId);
  if (kind === "closure") throw new UsageError(`${name} is a closure, and only images have layers`);
  if (layer >= layerCount) throw new UsageError(`layer ${layer} is out of range (0–${layerCount - 1})`);
}

/** The parent with only this child, or the child itself if it is a directory without children. */
function findChild({ children }: Directory, path: string): Directory {
  const found = children.find((child) => child.path === path);
  if (found === undefined) throw toUnknownName(`nothing at ${path}`, suggestPaths(children, path));
  const isEmpty = found.kind === EntryKind.directory;
  return { path, children: isEmpty ? [] : [found], childCount: isEmpty ? 0 : 1, byteCount: found.byteCount };
}

function suggestPaths(children: readonly DirectoryChild[], path: string): string[] {
  const paths = children.map((child) => child.path);
  return nearestTexts(path, paths, MAX_SUGGESTED);
}

async function withOwners(db: Queryable, artifactId: number, directories: readonly Directory[]): Promise<FilesAnswer> {
  const indexes = new Set(directories.flatMap(({ children }) => children.map(({ owner }) => owner)));
  indexes.delete(-1);
  return { directories, owners: await listNodeNames(db, artifactId, [...indexes]) };
}
