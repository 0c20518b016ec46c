import { compareDotnetVersions } from "#lib/formats/dotnet/index.ts";
import { genericPurl } from "#lib/formats/purl/index.ts";
import { Evidence } from "#lib/model/component.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import type { DotnetApplication } from "./dotnet-application.ts";

/** The program that starts applications, and what stands beside it. */
const FILES = ["dotnet", "LICENSE.txt", "ThirdPartyNotices.txt"];

/**
 * Adds .NET's host (`dotnet`, with `host/fxr/VERSION` beside it) as a component where no package owns it, and edges from the shared
 * frameworks to it, if the image has one: nothing else starts what runs on them. This is inferred.
 */
export function addDotnetHost(discovery: Discovery, applications: readonly DotnetApplication[]): void {
  const hosts = new Set(findHosts(discovery).map((program) => addHost(discovery, program)));
  const [host] = hosts;
  if (host === undefined || hosts.size > 1) return;
  for (const { framework, main } of applications) {
    if (framework !== undefined && !main.isShipped)
      discovery.addEdge(main.index, host, "is started by dotnet", Evidence.inferred);
  }
}

function findHosts({ index }: Discovery): FileNode[] {
  const isHost = ({ body, parent }: FileNode) => body !== undefined && versionsOf(parent!).length > 0;
  return index
    .listNamed("dotnet")
    .filter(isHost)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** In `host/fxr`, the newest first. */
function versionsOf(root: FileNode): string[] {
  const children = root.children.get("host")?.children.get("fxr")?.children.values() ?? [];
  const directories = [...children].filter(({ kind }) => kind === EntryKind.directory);
  return directories.map(({ name }) => name).sort((a, b) => compareDotnetVersions(b, a));
}

function addHost(discovery: Discovery, program: FileNode): number {
  const owner = discovery.owners.ownerOf(program);
  if (owner >= 0) return owner;
  const root = program.parent!;
  const version = versionsOf(root)[0]!;
  const identity = genericPurl("dotnet", version);
  const index = discovery.addComponent({ kind: "binary", name: "dotnet", version, identity, instancePath: root.path });
  for (const name of FILES) {
    const file = root.children.get(name);
    if (file !== undefined) discovery.owners.claim(file, index);
  }
  claimTree(discovery, root.children.get("host")!, index);
  return index;
}
