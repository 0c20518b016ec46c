import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { listStartedFiles, type StartedFile } from "./started-files.ts";

/** Where container engines look for a command when an image sets no PATH. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The file that a command starts: at this path, or the first of this name on the image's PATH. */
export function findCommand(discovery: Discovery, program: string): FileNode | undefined {
  return program === "" ? undefined : findStarted(discovery, { path: program, onPath: !program.includes("/") });
}

/** The files that the image's command starts, outermost first, up to the first that is not there. */
export function findAllStarted(discovery: Discovery): FileNode[] {
  const found: FileNode[] = [];
  for (const started of listStartedFiles(discovery.options.command)) {
    const files = started.isClassPath ? listClassPath(discovery, started) : [findStarted(discovery, started)];
    if (files.includes(undefined)) break;
    found.push(...files.filter((file) => file !== undefined));
  }
  return found;
}

/** `lib/*` is each archive in that directory (java(1)); not everything is there that a class path names. */
function listClassPath(discovery: Discovery, started: StartedFile): FileNode[] {
  if (!started.path.endsWith("/*")) return [findStarted(discovery, started)].filter((file) => file !== undefined);
  const directory = discovery.tree.resolve(fromRoot(discovery.options.workingDir ?? "", started.path.slice(0, -2)));
  const files = [...(directory?.children.values() ?? [])].filter(({ name }) => /\.jar$/i.test(name));
  const found = files.flatMap(({ path }) => discovery.tree.resolve(path) ?? []);
  return found.filter(({ body }) => body !== undefined);
}

function findStarted(discovery: Discovery, { path, onPath }: StartedFile): FileNode | undefined {
  const { tree, options } = discovery;
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
