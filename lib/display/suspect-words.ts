import type { KeptSuspect } from "#lib/model/suspect.ts";
import { formatCount } from "./bytes.ts";
import { KIND_LABELS } from "./colours.ts";

/** `openssl 3.0.2`, `libpython, 4 together` (of several versions), `zlib 1.3, 2 times`, or `312 npm components`. */
export function suspectName({ family, name, version, nodes, kind }: KeptSuspect): string {
  if (kind === "unowned") {
    if (family === undefined) return `Files that no package owns, ${version === "" ? name : `layer ${version}`}`;
    return `Files that no package owns, ${formatCount(nodes.length)} layers together`;
  }
  if (family === "kind") return `${formatCount(nodes.length)} ${KIND_LABELS[kind]} components`;
  const known = version === "" ? name : `${name} ${version}`;
  if (family === undefined) return known;
  return version === ""
    ? `${name}, ${formatCount(nodes.length)} together`
    : `${known}, ${formatCount(nodes.length)} times`;
}
