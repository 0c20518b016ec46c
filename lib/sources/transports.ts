import { join } from "node:path";
import type { SourceEnvironment } from "./environment.ts";
import { parseImagePath } from "./images/image-path.ts";
import { parseCacheLocation } from "./nix-cache/cache-location.ts";
import { parseReference } from "./registry/reference.ts";
import { parseSbomLocation } from "./sbom/sbom-location.ts";
import { imageTransport, sbomTransport, storeTransport, type Transport } from "./transport.ts";

// Readers are loaded when a source is opened: loading both kinds would take a third of a scan's start-up time. Pages parse sources
// and open none, so their bundle has no readers.
const loadImages = () => import(/* turbopackIgnore: true */ "./images/open-images.ts");
const loadStores = () => import(/* turbopackIgnore: true */ "./store/index.ts");

/**
 * All transports, one row each, named as in containers-transports(5) if defined there. A source without a transport gets the
 * first row that recognises it.
 */
export const TRANSPORTS: readonly Transport[] = [
  imageTransport({
    name: "docker-archive",
    spellings: ["docker-archive:PATH[:NAME]", "docker-archive:-"],
    example: "docker-archive:image.tar",
    reads: "Images written by docker save or podman save, in a file or on standard input, compressed or not.",
    isLocal: true,
    recognises: (path, environment) => path === "-" || (isFile(path, environment) && !isSbom(path, environment)),
    parse: (rest, environment) => (rest === "-" ? undefined : parseImagePath(rest, environment)),
    async open(file, { environment }) {
      const { openDockerArchive, openStandardInput } = await loadImages();
      return file === undefined ? openStandardInput(environment) : openDockerArchive(file);
    },
  }),
  imageTransport({
    name: "oci",
    spellings: ["oci:DIR[:NAME]"],
    example: "oci:layout",
    reads: "Images of an OCI image layout in a directory; --platform picks from an index.",
    isLocal: true,
    recognises: (path, environment) =>
      isFile(join(path, "oci-layout"), environment) || isFile(join(path, "index.json"), environment),
    parse: parseImagePath,
    open: async (directory) => (await loadImages()).openLayout(directory),
  }),
  imageTransport({
    name: "oci-archive",
    spellings: ["oci-archive:PATH[:NAME]"],
    example: "oci-archive:layout.tar:web",
    reads: "Images of an OCI image layout in a tar archive, compressed or not.",
    isLocal: true,
    parse: parseImagePath,
    open: async (file) => (await loadImages()).openOciArchive(file),
  }),
  imageTransport({
    name: "docker",
    spellings: [
      "docker://HOST[:PORT]/REPO[:TAG|@DIGEST]",
      "docker://HOST/REPO:*",
      "docker://HOST/PREFIX*",
      "docker://HOST/",
    ],
    example: "docker://localhost:5000/shop/app:1.0",
    reads:
      "Images of a registry: one, all tags of a repository, or all repositories; logins are those of Docker and Podman.",
    isLocal: false,
    parse: parseReference,
    open: async (reference, context) =>
      (await import(/* turbopackIgnore: true */ "./registry/open-registry.ts")).openRegistry(reference, context),
  }),
  imageTransport({
    name: "docker-daemon",
    spellings: ["docker-daemon:[NAME[:TAG]]"],
    example: "docker-daemon:nginx:1.27",
    reads: "Images of the Docker or Podman engine on this machine, through its socket; all of them without a name.",
    isLocal: true,
    parse: (name) => name,
    open: async (name, context) =>
      (await import(/* turbopackIgnore: true */ "./engine/open-engine.ts")).openEngine(name, context),
  }),
  imageTransport({
    name: "rootfs",
    spellings: ["rootfs:DIR"],
    example: "rootfs:/mnt/root",
    reads: "A directory tree as an image of one layer, without other file systems mounted in it.",
    isLocal: true,
    parse: toPath,
    open: async (directory, { signal }) =>
      (await import(/* turbopackIgnore: true */ "./rootfs/open-rootfs.ts")).openRootfs(directory, signal),
  }),
  storeTransport({
    name: "nix-store",
    spellings: ["nix-store:[ROOT]"],
    example: "nix-store:/mnt",
    reads: "A Nix store through its own database, in use or copied; --root limits it to closures.",
    isLocal: true,
    itemsDir: "/nix/store",
    recognises: (path, environment) => isFile(join(path, "nix/var/nix/db/db.sqlite"), environment),
    parse: toRootDir,
    open: async (rootDir, { signal }) => (await loadStores()).openStore({ rootDir, flavour: "nix", signal }),
  }),
  storeTransport({
    name: "guix-store",
    spellings: ["guix-store:[ROOT]"],
    example: "guix-store:",
    reads: "A Guix store through its own database, in use or copied; --root limits it to closures.",
    isLocal: true,
    itemsDir: "/gnu/store",
    recognises: (path, environment) => isFile(join(path, "var/guix/db/db.sqlite"), environment),
    parse: toRootDir,
    open: async (rootDir, { signal }) => (await loadStores()).openStore({ rootDir, flavour: "guix", signal }),
  }),
  storeTransport({
    name: "nix-cache",
    spellings: ["nix-cache:DIR-or-URL#STORE-PATH-OR-HASH", "nix-cache:DIR"],
    example: "nix-cache:https://cache.example.org#10l19qifk7hjjq47px8m2prqk1gv4isy",
    reads:
      "The closure of a path in a Nix or Guix binary cache; all paths of one in a directory. --files fetches the NARs.",
    isLocal: false,
    parse: parseCacheLocation,
    open: async (location, context) =>
      (await import(/* turbopackIgnore: true */ "./nix-cache/open-cache.ts")).openCache(location, context),
  }),
  storeTransport({
    name: "path-info",
    spellings: ["path-info:FILE"],
    example: "path-info:closure.json",
    reads: "The output of nix path-info --json --recursive, in each of its three forms.",
    isLocal: true,
    parse: toPath,
    open: async (file) =>
      (await import(/* turbopackIgnore: true */ "./path-info/open-path-info.ts")).openPathInfo(file),
  }),
  sbomTransport({
    name: "sbom",
    spellings: ["sbom:FILE", "sbom:docker://HOST/REPO@DIGEST", "sbom:oci:DIR@DIGEST"],
    example: "sbom:app.cdx.json",
    reads:
      "A software bill of materials in JSON, in a file or attached to an image: CycloneDX 1.4 to 1.7, SPDX 2.2, 2.3 and 3.0.",
    isLocal: true,
    recognises: isSbom,
    parse: parseSbomLocation,
    open: async (location, context) =>
      (await import(/* turbopackIgnore: true */ "./sbom/open-sbom.ts")).openSbom(location, context),
  }),
];

/** A JSON document that begins like one: `bomFormat`, `spdxVersion` and the context of SPDX 3 are among the first members. */
const SBOM_START =
  /^[^{]{0,8}\{[\s\S]*?("bomFormat"\s*:\s*"CycloneDX"|"spdxVersion"\s*:\s*"SPDX-|"SPDXID"|spdx\.org\/rdf\/)/;

function isSbom(path: string, { resolvePath, fileStart }: SourceEnvironment): boolean {
  return path.endsWith(".json") && SBOM_START.test(fileStart(resolvePath(path)));
}

function isFile(path: string, { resolvePath, pathKind }: SourceEnvironment): boolean {
  return pathKind(resolvePath(path)) === "file";
}

/** The directory that is the store's `/`, a directory with `db.sqlite`, or that file. */
function toRootDir(rest: string, { resolvePath }: SourceEnvironment): string {
  return resolvePath(rest === "" ? "/" : rest);
}

function toPath(rest: string, { resolvePath }: SourceEnvironment): string {
  return resolvePath(rest);
}
