import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { addImage, addLayer, copyImage, type Descriptor, EPOCH_SECONDS, initLayout, writeIndex } from "./layout.ts";
import { run, runLines } from "./tools.ts";

/** A base and nginx on it. The older base has none of the release's updates. */
const BASES = [
  { base: "deb13", top: "t-nginx", updates: true },
  { base: "deb13o", top: "o-nginx", updates: false },
];
const RELEASE = "trixie";
const SERVER = "nginx-light";

/**
 * Four ordinary images, with layers as large as real ones: bases from mmdebstrap, and the difference from them after apt
 * has installed a server, as umoci finds it. Returns the layout of plain layers that the zstd ones were copied from.
 */
export function buildAptImages(target: string, work: string): string {
  const folder = join(work, "apt-plain");
  initLayout(folder);
  const archives = listArchives();
  const images: Record<string, Descriptor> = {};
  const add = (name: string, layers: readonly (readonly [string, Descriptor])[]) => {
    images[name] = addImage(folder, { layers, architecture: "amd64", cmd: "/bin/bash" });
    writeIndex(folder, images);
  };
  for (const { base, top, updates } of BASES) {
    const lowest = [
      "mmdebstrap",
      addLayer(folder, bootstrap(join(work, base), archives, { updates, packages: [] })),
    ] as const;
    add(base, [lowest]);
    const tar = bootstrap(join(work, top), archives, { updates, packages: [SERVER] });
    add(top, [
      lowest,
      [`apt-get install ${SERVER}`, addDifference(folder, { base, tar, bundle: join(work, "bundle") })],
    ]);
  }
  for (const name of Object.keys(images)) {
    copyImage(folder, name, `oci:${join(target, "oci-zstd")}:${name}`, "--dest-compress-format", "zstd");
  }
  return folder;
}

/** The sources.list lines of this release that apt is configured with, and whether each is for updates. */
function listArchives(): { line: string; isUpdate: boolean }[] {
  const format = "$(CREATED_BY) $(ARCHITECTURE) $(RELEASE) $(COMPONENT) $(SITE)";
  const lines = runLines("apt-get", ["indextargets", "--format", format]).map((line) => line.split(" "));
  return lines
    .filter(([kind, architecture, release]) => kind === "Packages" && architecture === "amd64" && isOfRelease(release!))
    .map(([, , release, component, site]) => ({
      line: `deb ${site} ${release} ${component}`,
      isUpdate: release !== RELEASE,
    }));
}

function isOfRelease(release: string): boolean {
  return release === RELEASE || release.startsWith(`${RELEASE}-`);
}

/** A tar of a small Debian with these packages. */
function bootstrap(
  name: string,
  archives: ReturnType<typeof listArchives>,
  { updates, packages }: { readonly updates: boolean; readonly packages: readonly string[] },
): string {
  const tar = `${name}.tar`;
  const lines = archives.filter(({ isUpdate }) => updates || !isUpdate).map(({ line }) => line);
  const include = packages.length === 0 ? [] : [`--include=${packages.join(",")}`];
  run("mmdebstrap", ["--quiet", "--variant=minbase", ...include, RELEASE, tar, ...lines], {
    SOURCE_DATE_EPOCH: String(EPOCH_SECONDS),
  });
  return tar;
}

/** Adds a layer with everything that is in `tar` but not in the image `base`. */
function addDifference(
  folder: string,
  { base, tar, bundle }: { readonly base: string; readonly tar: string; readonly bundle: string },
): Descriptor {
  run("umoci", ["unpack", "--image", `${folder}:${base}`, bundle]);
  const rootfs = join(bundle, "rootfs");
  rmSync(rootfs, { recursive: true });
  mkdirSync(rootfs);
  run("tar", ["-C", rootfs, "--numeric-owner", "-xpf", tar]);
  run("umoci", ["repack", "--image", `${folder}:difference`, bundle]);
  rmSync(bundle, { recursive: true });
  run("sh", ["-c", 'gzip -dc "$0" > "$1"', topLayer(folder, "difference"), tar]);
  return addLayer(folder, tar);
}

/** The file of an image's last layer. */
function topLayer(folder: string, name: string): string {
  const shown = run("skopeo", ["inspect", "--raw", `oci:${folder}:${name}`]);
  const { layers } = JSON.parse(shown) as { layers: Descriptor[] };
  return join(folder, "blobs", layers.at(-1)!.digest.replace(":", "/"));
}
