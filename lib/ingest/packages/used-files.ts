import { interpreterOf, isScriptFacts, readProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { findCommand } from "./find-started.ts";
import type { ProgramFile } from "./programs.ts";

/** Adds an edge from the owner of each executable script to the owner of the program that runs it. */
export function addInterpreterEdges(discovery: Discovery, files: readonly ProgramFile[]): void {
  const reported = new Set<string>();
  for (const { node, facts } of files) {
    if (!isScriptFacts(facts)) continue;
    const from = discovery.packageOf(node);
    const read = from === undefined ? undefined : readProgramFacts(facts);
    const interpreter = read?.kind === "script" ? interpreterOf(read.line) : undefined;
    if (from === undefined || interpreter === undefined) continue;
    const { program } = interpreter;
    if (!interpreter.isSearched && !program.startsWith("/")) continue;
    const found = findCommand(discovery, program);
    const to = found === undefined ? undefined : discovery.packageOf(found);
    if (to !== undefined) discovery.addEdge(from, to, `${node.path} is run by ${program}`, Evidence.observed);
    else if (found === undefined && !reported.has(`${from} ${program}`)) {
      reported.add(`${from} ${program}`);
      reportInterpreter(discovery, node, from, program);
    }
  }
}

function reportInterpreter(discovery: Discovery, { path }: FileNode, owner: number, program: string): void {
  if (discovery.tree.isExhausted) return;
  const message = `${discovery.components[owner]!.name} needs ${program} to run this script: not in this image`;
  discovery.addUnmet(path, owner, { need: program, message });
}

/** Adds an edge from the owner of each symlink to the owner of the file it leads to. */
export function addSymlinkEdges(discovery: Discovery): void {
  for (const node of discovery.index.symlinks) {
    const from = discovery.packageOf(node);
    const target = from === undefined ? undefined : discovery.tree.resolve(node.path);
    const to = target?.body === undefined ? undefined : discovery.packageOf(target);
    if (from !== undefined && to !== undefined && from !== to)
      discovery.addEdge(from, to, `${node.path} links to ${node.linkTarget}`, Evidence.observed);
  }
}
