import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import type { DiscoveryOptions } from "./discovery.ts";
import { listStartedFiles, type StartedFile } from "./started-files.ts";

/** Where container engines look for a command when an image sets no PATH. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Where a command is looked for. */
export interface StartPlace {
  readonly tree: FileTree;
  readonly options: Pick<DiscoveryOptions, "command" | "path" | "workingDir">;
}

/** The file that a command starts: at this path, or the first of this name on the image's PATH. */
export function findCommand(place: StartPlace, program: string): FileNode | undefined {
  return program === "" ? undefined : findStarted(place, { path: program, onPath: !program.includes("/") });
}

/** The files that the image's command starts, outermost first, up to the first that is not there. */
export function findAllStarted(place: StartPlace): FileNode[] {
  const found: FileNode[] = [];
  for (const started of listStartedFiles(place.options.command)) {
    const files = started.isClassPath ? listClassPath(place, started) : [findStarted(place, started)];
    if (files.includes(undefined)) break;
    found.push(...files.filter((file) => file !== undefined));
  }
  return found;
}

/** `lib/*` is each archive in that directory (java(1)); not everything is there that a class path names. */
function listClassPath(place: StartPlace, started: StartedFile): FileNode[] {
  if (!started.path.endsWith("/*")) return [findStarted(place, started)].filter((file) => file !== undefined);
  const directory = place.tree.resolve(fromRoot(place.options.workingDir ?? "", started.path.slice(0, -2)));
  const files = [...(directory?.children.values() ?? [])].filter(({ name }) => /\.jar$/i.test(name));
  const found = files.flatMap(({ path }) => place.tree.resolve(path) ?? []);
  return found.filter(({ body }) => body !== undefined);
}

function findStarted(place: StartPlace, { path, onPath }: StartedFile): FileNode | undefined {
  const { tree, options } = place;
  const directories = onPath ? (options.path || DEFAULT_PATH).split(":") : [options.workingDir ?? ""];
  for (const directory of directories) {
    const file = tree.resolve(fromRoot(directory, path));
    if (file?.body !== undefined) return file;
  }
  return undefined;
}

function fromRoot(directory: string, path: string): string {
  return (path.startsWith("/") ? path : `${directory}/${path}`).replace(/^\/+/, "");
}
