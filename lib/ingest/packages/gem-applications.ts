import { type LockedGem, parseLockfile } from "#lib/formats/gem/index.ts";
import { gemPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { type Application, listApplicationPlaces } from "./application.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import type { FoundGems } from "./gems.ts";

const LOCK = "Gemfile.lock";
const RUNNERS = /^(?:[jm]?ruby[\d.]*|truffleruby|bundler?|rails|rackup|rake|puma|unicorn|thin|falcon|sidekiq)$/;

/** The gems that the Gemfile of the started application asks for, and the application, if it can be named. */
export interface BundledGems {
  /** The directory of the Gemfile.lock. */
  readonly directory: FileNode;
  readonly wanted: readonly LockedGem[];
  readonly application: Application | undefined;
}

/**
 * Detects the Ruby application that the command starts: the directory with a Gemfile.lock in which it starts, or in which a file that it
 * starts or that one's `bin` is. It has the name of its directory, and leads to the gems that its Gemfile names, in the versions of the
 * lock file. It is no component if no program of Ruby runs it, or if the Gemfile.lock is part of another package.
 */
export function detectBundledGems(
  discovery: Discovery,
  gems: FoundGems,
  started: readonly FileNode[],
): BundledGems | undefined {
  const manifest = gems.all.isEmpty ? undefined : findLock(discovery, started);
  const wanted = manifest && parseDocument(discovery, readNode(discovery, manifest), parseLockfile);
  if (manifest === undefined || wanted === undefined) return undefined;
  const directory = manifest.parent!;
  const isRun = listApplicationPlaces(discovery, started, RUNNERS).flat().includes(directory);
  const isNamed = directory.name !== "" && discovery.owners.ownerOf(manifest) < 0;
  if (!isRun || !isNamed) return { directory, wanted, application: undefined };
  return { directory, wanted, application: addApplication(discovery, gems, { manifest, wanted }) };
}

/** The lock file in the directory where the command starts, beside a file that it starts, or beside that one's `bin`. */
function findLock({ tree, options }: Discovery, started: readonly FileNode[]): FileNode | undefined {
  const start = tree.resolve((options.workingDir ?? "").replace(/^\/+/, ""));
  const places = [start, ...started.flatMap(({ parent }) => [parent, parent?.parent])];
  return places.find((place) => place?.children.has(LOCK))?.children.get(LOCK);
}

interface Locked {
  readonly manifest: FileNode;
  readonly wanted: readonly LockedGem[];
}

function addApplication(discovery: Discovery, { all }: FoundGems, { manifest, wanted }: Locked): Application {
  const directory = manifest.parent!;
  const { name, path } = directory;
  const identity = gemPurl(name, "", "");
  const index = discovery.addComponent({ kind: "gem", name, version: "", identity, instancePath: path });
  for (const gem of discovery.takeDeclarations(wanted)) {
    const found = all.find(directory, gem);
    // One that is not there is no problem: Bundler leaves out the groups that it is told to.
    if (found !== undefined) discovery.addEdge(index, found.index, `Gemfile: ${gem.name}`);
  }
  return { directory, manifest, index };
}
