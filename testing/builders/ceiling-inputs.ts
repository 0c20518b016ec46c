import { createCipheriv } from "node:crypto";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sha256 } from "./image-archive.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import { buildTar, type TarMember } from "./tar.ts";

const MIB = 1024 ** 2;
const MANIFEST = "package.json";

export function* manyFiles(count: number): Generator<TarMember> {
  for (let i = 0; i < count; i++) {
    const prefix = `usr/lib/node_modules/${"d".repeat(60)}${i % 3000}`;
    yield { path: `${"n".repeat(18)}${i}`, prefix, body: `${i}` };
  }
}

export function* sameFiles(count: number): Generator<TarMember> {
  for (let i = 0; i < count; i++) yield { path: "n".repeat(90), body: `${i}` };
}

export function status(count: number, fields: string): TarMember {
  const lines: string[] = [];
  for (let i = 0; i < count; i++)
    lines.push(`Package: p${i}\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n${fields}\n`);
  return { path: "var/lib/dpkg/status", body: lines.join("") };
}

export function manyDependencies(): TarMember {
  const clauses = Array.from({ length: 10_050 }, (_, i) => `a${i}`).join(",");
  const long = `${"b|".repeat(2000)}b`;
  const fields = Array.from({ length: 300 }, (_, i) => `F${i}: x\n`).join("");
  const lines = `Description: x\n${` ${"x".repeat(100)}\n`.repeat(11_000)}`;
  const records = [`Depends: ${long}\n`, fields, lines, ...new Array<string>(60).fill(`Depends: ${clauses}\n`)];
  const body = records.map((each, i) => `Package: p${i}\nStatus: install ok installed\nVersion: 1\n${each}\n`);
  return { path: "var/lib/dpkg/status", body: body.join("") };
}

/** A list of 11 million paths, one of a million paths each through a chain of 40 links, and a million lines of diversions. */
export function* longLists(): Generator<TarMember> {
  yield { path: "var/lib/dpkg/status", body: ["a", "b"].map(record).join("") };
  yield { path: "var/lib/dpkg/info/a.list", body: "/a\n".repeat(7 * MIB) };
  const paths = Array.from({ length: 600_000 }, (_, i) => `/x0/${i}/f\n`);
  yield { path: "var/lib/dpkg/info/b.list", body: paths.join("") };
  yield { path: "var/lib/dpkg/diversions", body: "/a\n/b\n:\n".repeat(150_000) };
  for (let i = 0; i < 40; i++) yield { path: `x${i}`, type: "2", link: `${"a/../".repeat(12)}x${i + 1}` };
  yield { path: "a", type: "5" };
  yield { path: "x40", type: "5" };
}

function record(name: string): string {
  return `Package: ${name}\nStatus: install ok installed\nVersion: 1\n\n`;
}

export function apkDatabase(count: number): string {
  const lines: string[] = [];
  for (let i = 0; i < count; i++)
    lines.push(`P:p${i}\nV:1\nD:x y z p1 p2 p3\np:x\nF:d\nR:1\nR:2\nR:3\nR:4\nR:5\nR:6\nR:7\n\n`);
  return lines.join("");
}

export function* packageManifests(): Generator<TarMember> {
  const dependencies = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`d${i}`, "1"]));
  const body = JSON.stringify({ name: "p", version: "1", dependencies });
  for (let i = 0; i < 100; i++) yield { path: `${i}/node_modules/p/${MANIFEST}`, body };
  const values = `{"x":[${"{},".repeat(MIB)}{}]}`;
  for (let i = 0; i < 6; i++) yield { path: `v${i}/node_modules/p/${MANIFEST}`, body: values };
  yield { path: `project/${MANIFEST}`, body: values.slice(0, MIB) };
  for (const name of ["pyproject.toml", "requirements.txt"])
    yield { path: `project/${name}`, body: " ".repeat(MIB + 1) };
}

/** A project of 1,001 patterns that fit no workspace, each of which takes many steps. */
export function* manyWorkspaces(count: number): Generator<TarMember> {
  const workspaces = Array.from({ length: 1001 }, () => "*x".repeat(500));
  yield { path: `app/${MANIFEST}`, body: JSON.stringify({ name: "app", workspaces }) };
  for (let i = 0; i < count; i++) {
    const directory = `${"x".repeat(80)}/${i}`;
    yield { path: `app/node_modules/w${i}`, type: "2", link: `../${directory}` };
    yield { path: `app/${directory}/${MANIFEST}`, body: "{}" };
  }
}

/** Plug'n'Play data of many packages that import each other, of many values, of many bytes, and a loader that is too long. */
export function* pnpProjects(): Generator<TarMember> {
  const data = (packages: readonly unknown[]) => JSON.stringify({ packageRegistryData: packages });
  const needs = Array.from({ length: 20 }, (_, i) => ["p", `npm:${i}`]);
  const toPackage = (i: number, packageDependencies: unknown) => [
    `npm:${i}`,
    { packageLocation: `./p/${i}.zip/`, packageDependencies },
  ];
  const wide = data([["p", Array.from({ length: 7000 }, (_, i) => toPackage(i, needs))]]);
  const long = data([["p", Array.from({ length: 50_001 }, (_, i) => toPackage(i, []))]]);
  for (let i = 0; i < 8; i++) {
    yield { path: `w${i}/.pnp.data.json`, body: wide };
    for (let k = 0; k < 1000; k++) yield { path: `w${i}/p/${k}.zip`, body: "" };
  }
  yield { path: "long/.pnp.data.json", body: long };
  yield { path: "values/.pnp.data.json", body: `{"x":[${"1,".repeat(400_000)}1]}` };
  yield { path: "bytes/.pnp.cjs", body: `const RAW_RUNTIME_STATE = '{${" ".repeat(8 * MIB)}}'` };
  yield { path: "loader/.pnp.cjs", body: " ".repeat(16 * MIB + 1) };
}

export function* npmPackages(count: number): Generator<TarMember> {
  for (let i = 0; i < count; i++) {
    const body = `{"name":"p${i}","version":"1","dependencies":{"p${i + 1}":"1"}}`;
    yield { path: `app/node_modules/p${i}/${MANIFEST}`, body };
  }
}

/** Files below 255 directories each, in paths of nearly 4 kB. */
export function* deepPaths(count: number): Generator<TarMember> {
  const part = "d".repeat(14);
  for (let i = 0; i < count; i++) {
    const path = `${i}/${`${part}/`.repeat(254)}f`;
    yield { path: "x", pax: { path } };
  }
}

export function* problemLayer(layer: number): Generator<TarMember> {
  const padding = "p".repeat(60);
  for (let i = 0; i < 150; i++) yield { path: `l${layer}/${padding}${i}`, type: "1", link: "gone" };
  for (let i = 0; i < 150; i++) yield { path: `../${padding}${i}`, body: "x" };
}

export async function writeArchive(folder: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, "image.tar");
  writeFileSync(file, bytes);
  return `docker-archive:${file}`;
}

/** A config of maximum length: 9,000 words, 9,000 steps of history and the rest of 4 MiB in one label. */
function longConfig(): string {
  const words = Array.from({ length: 9000 }, (_, i) => `word${i}`);
  const history = words.map(() => ({ created_by: "RUN true", empty_layer: true }));
  const config = { os: "linux", architecture: "amd64", config: { Cmd: words }, history, rootfs: { diff_ids: [] } };
  const text = JSON.stringify(config);
  return `${text.slice(0, -1)},"label":"${"x".repeat(4 * MIB - text.length - 12)}"}`;
}

export function taggedArchive(count: number): Uint8Array {
  const config = longConfig();
  const path = `${sha256(Buffer.from(config))}.json`;
  const tags = Array.from({ length: count }, (_, i) => `a:${i}`);
  const manifest = JSON.stringify([{ Config: path, RepoTags: tags, Layers: [] }]);
  return buildTar([
    { path, body: config },
    { path: "manifest.json", body: manifest },
  ]);
}

export function repeatedImages(count: number): Uint8Array {
  const config = longConfig();
  const path = `${sha256(Buffer.from(config))}.json`;
  const images = Array.from({ length: count }, () => ({ Config: path, RepoTags: [], Layers: [] }));
  return buildTar([
    { path, body: config },
    { path: "manifest.json", body: JSON.stringify(images) },
  ]);
}

export function archiveOf(manifest: string): Uint8Array {
  return buildTar([{ path: "manifest.json", body: manifest }]);
}

/** One image under many names, inside the maximum number of nested indexes. */
export async function writeManyNames(folder: string, count: number): Promise<string> {
  const source = await writeStreamedLayout(folder, [[{ path: "a", body: "a" }]]);
  const [image] = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")).manifests;
  const notes = Object.fromEntries(Array.from({ length: 999 }, (_, i) => [`note${i}`, ""]));
  const manifests = Array.from({ length: count }, (_, i) => ({
    ...image,
    annotations: { ...(i === 0 ? notes : {}), "org.opencontainers.image.ref.name": `n${i}` },
  }));
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: manifests.slice(0, count) }));
  return source;
}

export function* sourceFiles(count: number): Generator<TarMember> {
  for (let i = 0; i < count; i++) yield { path: `src/${i}.c`, body: `int f${i}(void) { return ${i}; }\n` };
}

export function* jsonFiles(count: number): Generator<TarMember> {
  for (let i = 0; i < count; i++) yield { path: `${i}.json`, body: `{"a":"${"x".repeat(4 * MIB - 20)}"}` };
}

/** Mebibytes of bytes without a repeated chunk. */
export function* noise(mebibytes: number): Generator<TarMember> {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16));
  const zeros = Buffer.alloc(MIB);
  for (let i = 0; i < mebibytes; i++) yield { path: `noise${i}`, body: cipher.update(zeros) };
}

const STORE_DIGITS = "0123456789abcdfghijklmnpqrsvwxyz";

/** Writes a document as `nix path-info --json` does; each path refers to as many others. */
export async function writePathInfo(
  folder: string,
  { pathCount, referenceCount }: { pathCount: number; referenceCount: number },
): Promise<string> {
  const file = join(folder, "path-info.json");
  const pathOf = (i: number) => {
    const hash = `${STORE_DIGITS[i % STORE_DIGITS.length]!.repeat(26)}${`${i}`.padStart(6, "0")}`;
    return `/nix/store/${hash}-package-1.0`;
  };
  function* document() {
    for (let i = 0; i < pathCount; i++) {
      const references = Array.from({ length: referenceCount }, (_, j) => pathOf((i * 7 + j * 13) % pathCount));
      const info = { path: pathOf(i), narHash: `sha256:${"0".repeat(64)}`, narSize: 1000, references, deriver: null };
      yield `${i === 0 ? "[" : ","}${JSON.stringify(info)}`;
    }
    yield "]";
  }
  await pipeline(Readable.from(document()), createWriteStream(file));
  return `path-info:${file}`;
}

/** Writes a CycloneDX document; each component depends on as many others. */
export async function writeSbom(
  folder: string,
  { componentCount, needCount, padding = 0 }: { componentCount: number; needCount: number; padding?: number },
): Promise<string> {
  const file = join(folder, "bom.json");
  const description = padding === 0 ? undefined : "x".repeat(padding);
  function* document() {
    yield '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[';
    for (let i = 0; i < componentCount; i++) {
      const component = {
        "bom-ref": `${i}`,
        name: `package-${i}`,
        version: "1.0.0",
        purl: `pkg:npm/package-${i}@1.0.0`,
        description,
      };
      yield `${i === 0 ? "" : ","}${JSON.stringify(component)}`;
    }
    yield '],"dependencies":[';
    for (let i = 0; i < (needCount === 0 ? 0 : componentCount); i++) {
      const dependsOn = Array.from({ length: needCount }, (_, j) => `${(i + j + 1) % componentCount}`);
      yield `${i === 0 ? "" : ","}${JSON.stringify({ ref: `${i}`, dependsOn })}`;
    }
    yield "]}";
  }
  await pipeline(Readable.from(document()), createWriteStream(file));
  return `sbom:${file}`;
}
