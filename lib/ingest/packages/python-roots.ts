import type { FileNode } from "#lib/model/file-tree.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import { readNode } from "./documents.ts";
import type { PythonDistribution } from "./python-edges.ts";

/** The installers that write REQUESTED, since pip 20.2. Others, such as Poetry, do not, or not for all. */
const RECORDING = /^(?:pip|uv)$/;

/**
 * The Python distributions that were installed by name: those with a REQUESTED file (PEP 376), if every distribution of the directory
 * was installed by a program that writes it. In other directories, the distributions without referrers.
 */
export function addRequestedPythons(
  discovery: Discovery,
  pythons: readonly PythonDistribution[],
  referred: Uint8Array,
): void {
  const own = pythons.filter(({ isShipped }) => !isShipped);
  for (const members of Map.groupBy(own, ({ site }) => site).values()) {
    const isRecorded = members.some(isRequested) && members.every(({ metadata }) => isRecording(discovery, metadata));
    for (const member of members) {
      if (isRecorded && isRequested(member)) discovery.addRoot(member.index, RootReason.named);
      else if (!isRecorded && referred[member.index] === 0) discovery.addRoot(member.index, RootReason.unreferred);
    }
  }
}

function isRequested({ metadata }: PythonDistribution): boolean {
  return metadata.children.has("REQUESTED");
}

function isRecording(discovery: Discovery, metadata: FileNode): boolean {
  const file = metadata.children.get("INSTALLER");
  const installer = file === undefined ? undefined : readNode(discovery, file);
  return RECORDING.test(installer?.text.trim() ?? "");
}
