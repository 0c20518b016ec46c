import { parseChiselManifest, unpackChiselManifest } from "#lib/formats/chisel/index.ts";
import { type Distribution, debPurl } from "#lib/formats/purl/index.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import { ListedPaths } from "./owner-table.ts";

const MANIFEST = "manifest.wall";

/**
 * Detects the packages that Chisel has cut slices of, in whatever directory it has left its manifest. They are Debian packages, with
 * the files of the slices alone, and without edges: Chisel records none.
 */
export function detectChiselPackages(discovery: Discovery, distribution: Distribution): void {
  const paths = new ListedPaths(discovery.tree);
  for (const node of discovery.index.listNamed(MANIFEST).filter(({ body }) => body !== undefined)) {
    const body = readBody(discovery, node);
    if (body === undefined) continue;
    const { value, problems } = parseChiselManifest(unpackChiselManifest(body));
    discovery.addProblems(node.path, problems);
    for (const { name, version, arch, paths: listed } of value) {
      const identity = debPurl(name, version, arch, distribution);
      const index = discovery.addComponent({ kind: "deb", name, version, identity, instancePath: "" });
      for (const path of listed) {
        const file = paths.find(path);
        if (file !== undefined) discovery.owners.claim(file, index);
      }
    }
  }
}
