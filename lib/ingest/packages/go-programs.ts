import { type GoBuild, type GoModule, parseGoBuild } from "#lib/formats/go-build/index.ts";
import { golangPurl } from "#lib/formats/purl/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { cutText } from "#lib/model/cut-text.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import type { BuiltFile } from "./programs.ts";

/** The name under which vulnerabilities of Go's own library are listed. */
const STANDARD_LIBRARY = "stdlib";

/** What an edge to Go's own library says of a build: for which platform it is, and from which commit. */
const SHOWN_SETTINGS: ReadonlySet<string> = new Set(["GOOS", "GOARCH", "CGO_ENABLED", "vcs.revision", "vcs.modified"]);
/** UTF-16 units of a setting shown. */
const MAX_SHOWN_SETTING = 64;

/** A program or library of Go, and what its linker wrote about its build. */
export interface GoProgram {
  readonly node: FileNode;
  readonly build: GoBuild;
}

/**
 * Detects the programs that Go has built. One that no package owns becomes a component with that file, named for its module; without a
 * module it is left to be known by its content.
 */
export function detectGoPrograms(discovery: Discovery, files: readonly BuiltFile[]): GoProgram[] {
  const ofGo = files.filter(({ build }) => build.format === "go");
  return ofGo.map(({ node, build: { text } }) => {
    const { value: build, problems } = parseGoBuild(text);
    discovery.addProblems(node.path, problems);
    if (build.main !== undefined && discovery.owners.ownerOf(node) < 0)
      discovery.owners.claim(node, addModule(discovery, build.main, node.path));
    return { node, build: { ...build, modules: discovery.takeDeclarations(build.modules) } };
  });
}

/**
 * Adds the modules in each program, and Go's own library: components without files, to which the program's owner refers. Which module
 * needs which is not in a program. It is observed: the linker lists what it has linked.
 */
export function addModuleEdges(discovery: Discovery, programs: readonly GoProgram[]): void {
  for (const { node, build } of programs) {
    const owner = discovery.packageOf(node);
    if (owner === undefined) continue;
    const add = (module: GoModule, detail: string) =>
      discovery.addEdge(owner, addModule(discovery, module), `${node.path} ${detail}`, Evidence.observed);
    for (const module of build.modules) add(effectiveModule(module), `contains ${describeModule(module)}`);
    add({ path: STANDARD_LIBRARY, version: build.goVersion }, `was built with ${describeGo(build)}`);
  }
}

/** `Go 1.24.4, GOOS=linux, GOARCH=amd64`. */
function describeGo({ goVersion, settings }: GoBuild): string {
  const shown = settings.filter(([name]) => SHOWN_SETTINGS.has(name));
  const words = shown.map(([name, value]) => `${name}=${cutText(value, MAX_SHOWN_SETTING)}`);
  return [`Go ${goVersion}`.trim(), ...words].join(", ");
}

/** A program's own module has the program's path; a module in programs is one component, whichever they are. */
function addModule(discovery: Discovery, { path, version }: GoModule, instancePath = ""): number {
  const identity = golangPurl(path, version);
  return discovery.addComponent({ kind: "golang", name: path, version, identity, instancePath });
}

/** The module whose code is in the program. A directory in place of one is that module, of an unknown version. */
function effectiveModule({ path, version, replacement }: GoModule): GoModule {
  if (replacement === undefined) return { path, version };
  return replacement.isLocal ? { path, version: "" } : replacement;
}

function describeModule({ path, version, replacement }: GoModule): string {
  const required = `${path} ${version}`.trim();
  if (replacement === undefined) return required;
  return `${`${replacement.path} ${replacement.version}`.trim()} in place of ${required}`;
}
