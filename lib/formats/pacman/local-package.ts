import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";
import { type PacmanDependency, parsePacmanDependency } from "./dependency.ts";

/** UTF-16 units of a name, a version or an architecture. */
export const MAX_PACMAN_WORD = 256;
/** Dependencies of one package, and names that it provides. */
export const MAX_PACMAN_DEPENDENCIES = 50_000;
/** Files of one package; the largest has about 100,000. */
export const MAX_PACMAN_FILES = 660_000;

/** An installed package. */
export interface PacmanPackage {
  readonly name: string;
  /** `[EPOCH:]VERSION-RELEASE` */
  readonly version: string;
  readonly arch: string;
  /** False if it was installed as a dependency. */
  readonly isExplicit: boolean;
  readonly depends: readonly PacmanDependency[];
  readonly provides: readonly PacmanDependency[];
}

/** `local/NAME-VERSION/desc`: sections `%NAME%` with a value per line, each ended by an empty line. */
export function parsePacmanDesc(text: string): { value: PacmanPackage | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const fields = readSections(text, faults);
  const [name = "", version = "", arch = ""] = ["NAME", "VERSION", "ARCH"].map((field) => fields.get(field)?.[0] ?? "");
  const bad = [name, version].find((word) => !isWord(word));
  if (bad !== undefined || arch.length > MAX_PACMAN_WORD) {
    faults.add(`it has no name and version: ${quote(bad ?? arch)}`);
    return { value: undefined, problems: faults.found };
  }
  const value = {
    name,
    version,
    arch,
    isExplicit: (fields.get("REASON")?.[0] ?? "0") === "0",
    depends: readDependencies(fields.get("DEPENDS"), faults),
    provides: readDependencies(fields.get("PROVIDES"), faults),
  };
  return { value, problems: faults.found };
}

/** `local/NAME-VERSION/files`: the package's files, symlinks and the like, relative to the root. Directories are left out. */
export function parsePacmanFiles(text: string): { value: string[]; problems: Fault[] } {
  const faults = new FaultList();
  const paths = readSections(text, faults).get("FILES") ?? [];
  if (paths.length > MAX_PACMAN_FILES) faults.addLimit("files", MAX_PACMAN_FILES);
  const value = paths.slice(0, MAX_PACMAN_FILES).filter((path) => !path.endsWith("/"));
  return { value, problems: faults.found };
}

function isWord(text: string): boolean {
  return text !== "" && text.length <= MAX_PACMAN_WORD && !/\s/.test(text);
}

/** Of a section that is there twice, the first counts. Lines outside of sections mean nothing to pacman. */
function readSections(text: string, faults: FaultList): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const { text: line } of eachLine(text, faults)) {
    const heading = open === undefined ? /^%([A-Z0-9]+)%$/.exec(line) : null;
    if (line === "") open = undefined;
    else if (open !== undefined) open.push(line);
    else if (heading !== null) {
      open = [];
      if (!sections.has(heading[1]!)) sections.set(heading[1]!, open);
    }
  }
  return sections;
}

function readDependencies(words: readonly string[] = [], faults: FaultList): PacmanDependency[] {
  const found: PacmanDependency[] = [];
  if (words.length > MAX_PACMAN_DEPENDENCIES) faults.addLimit("dependencies", MAX_PACMAN_DEPENDENCIES);
  for (const word of words.slice(0, MAX_PACMAN_DEPENDENCIES)) {
    const dependency = parsePacmanDependency(word);
    if (dependency === undefined) faults.add(() => `${quote(word)} is not a dependency`);
    else found.push(dependency);
  }
  return found;
}
