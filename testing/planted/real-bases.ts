import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { TarParser } from "#lib/formats/tar/index.ts";
import { displayPath } from "#lib/model/layer.ts";
import type { TestImage } from "../builders/rebase-sides.ts";
import { buildRebaseSides } from "../builders/rebase-sides.ts";
import { sharedData } from "../run/shared-data.ts";
import type { HarmlessRebase, PlantedFault, PlantedSides } from "./planted-fault.ts";
import { directory, program, whiteout } from "./small-bases.ts";

const FLEET = sharedData("fleet-apt/oci-zstd");
const missing = FLEET === undefined ? "the images of Debian are not here" : undefined;

interface Document {
  readonly manifests: readonly { digest: string; annotations: Record<string, string> }[];
  readonly layers: readonly { digest: string }[];
}

const layers = new Map<string, Uint8Array>();

/** The last layer of an image, as stored; the same bytes for each call, so that they are scanned once. */
function readLayer(name: string): Uint8Array {
  const known = layers.get(name);
  if (known !== undefined) return known;
  const read = (path: string) => readFileSync(join(FLEET!, path));
  const blob = (digest: string) => read(`blobs/${digest.replace(":", "/")}`);
  const { manifests } = JSON.parse(read("index.json").toString()) as Document;
  const found = manifests.find(({ annotations }) => annotations["org.opencontainers.image.ref.name"] === name)!;
  const bytes = blob((JSON.parse(blob(found.digest).toString()) as Document).layers.at(-1)!.digest);
  layers.set(name, bytes);
  return bytes;
}

/** The body of a file in a layer. */
function readFileOf(layer: Uint8Array, wanted: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let isWanted = false;
  const parser = new TarParser({
    entry: ({ path }) => {
      isWanted = displayPath(path) === wanted;
    },
    body: (piece) => {
      if (isWanted) pieces.push(piece.slice());
    },
    endEntry: () => undefined,
    warn: () => undefined,
  });
  parser.write(zstdDecompressSync(layer));
  return Buffer.concat(pieces);
}

type Upper = (old: Uint8Array) => { readonly above?: TestImage["layers"]; readonly image: TestImage };

/** From Debian 13 to the same with eight packages updated. `above`: layers that only the old base has. */
function onDebian(build: Upper): PlantedSides {
  return () => {
    const old = readLayer("deb13o");
    const { above = [], image } = build(old);
    return buildRebaseSides({
      oldBase: { layers: [old, ...above] },
      newBase: { layers: [readLayer("deb13")] },
      image,
    });
  };
}

const LIBSSL = "usr/lib/x86_64-linux-gnu/libssl.so.3";
const JAVA = "usr/lib/jvm/java-17-openjdk-amd64";

export const REAL_FAULTS: readonly PlantedFault[] = [
  {
    check: "types",
    name: "Debian's base as before it merged /usr, and a program in /bin",
    sides: onDebian(() => ({
      above: [[whiteout("bin"), directory("bin"), program("bin/busybox")]],
      image: { layers: [[directory("bin"), program("bin/app")]] },
    })),
    expected: { kind: "type-flip", path: "bin" },
    missing,
  },
  {
    check: "written",
    name: "Debian's libssl with another owner, as `chown -R` leaves it, and a security update below",
    sides: onDebian((old) => ({
      image: { layers: [[{ path: LIBSSL, body: readFileOf(old, LIBSSL), uid: 1000 }]] },
    })),
    expected: { kind: "content-hidden", path: LIBSSL },
    missing,
  },
  {
    check: "written",
    name: "A program of Debian that the image replaced, and the update replaced, too",
    sides: onDebian(() => ({ image: { layers: [[program("usr/bin/gzip", "#!/bin/sh\nexec pigz")]] } })),
    expected: { kind: "content-hidden", path: "usr/bin/gzip" },
    missing,
  },
  {
    check: "configuration",
    name: "A JAVA_HOME on Debian of a Java that only the old base had",
    sides: onDebian(() => ({
      above: [[directory(JAVA), program(`${JAVA}/bin/java`)]],
      image: { layers: [[program("opt/app/app.jar")]], config: { Env: [`JAVA_HOME=/${JAVA}`] } },
    })),
    expected: { kind: "path-missing", path: JAVA },
    missing,
  },
];

export const REAL_HARMLESS: readonly HarmlessRebase[] = [
  {
    name: "nginx, installed by apt on Debian 13, onto the same with eight packages updated",
    sides: onDebian(() => ({ image: { layers: [readLayer("o-nginx")], config: { Cmd: ["nginx"] } } })),
    missing,
  },
  {
    name: "A program of its own on Debian 13, onto the same with eight packages updated",
    sides: onDebian(() => ({
      image: { layers: [[program("usr/local/bin/app", "#!/bin/sh\nexec gzip")]], config: { Cmd: ["app"] } },
    })),
    missing,
  },
];
