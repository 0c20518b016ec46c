import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { extract } from "tar-stream";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSampleImages } from "./build-samples.ts";

const descriptor = v.object({ digest: v.string(), size: v.number() });
const indexShape = v.object({
  manifests: v.array(v.object({ ...descriptor.entries, annotations: v.record(v.string(), v.string()) })),
});
const manifestShape = v.object({ config: descriptor, layers: v.array(descriptor) });
const configShape = v.object({ history: v.array(v.object({ created_by: v.string() })) });

let folder: string;
let layout: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  layout = await buildSampleImages(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function blobPath(digest: string): string {
  return join(layout, "blobs", "sha256", digest.slice("sha256:".length));
}

function readImage(name: string) {
  const index = v.parse(indexShape, JSON.parse(readFileSync(join(layout, "index.json"), "utf8")));
  const found = index.manifests.find(({ annotations }) => annotations["org.opencontainers.image.ref.name"] === name);
  const manifest = v.parse(manifestShape, JSON.parse(readFileSync(blobPath(found!.digest), "utf8")));
  const config = v.parse(configShape, JSON.parse(readFileSync(blobPath(manifest.config.digest), "utf8")));
  return {
    layers: manifest.layers.map(({ digest }) => digest),
    steps: config.history.map(({ created_by }) => created_by),
  };
}

/** Names and bodies of a layer's entries. */
async function readLayer(digest: string): Promise<Map<string, string>> {
  const tar = await promisify(zstdDecompress)(readFileSync(blobPath(digest)));
  const entries = new Map<string, string>();
  const reader = extract();
  reader.end(tar);
  for await (const entry of reader) {
    const chunks: Uint8Array[] = [];
    entry.on("data", (chunk) => {
      if (chunk instanceof Uint8Array) chunks.push(chunk);
    });
    await once(entry, "end");
    entries.set(entry.header.name, Buffer.concat(chunks).toString("utf8"));
  }
  return entries;
}

async function readTop(name: string): Promise<Map<string, string>> {
  return readLayer(readImage(name).layers.at(-1)!);
}

describe("the sample images", () => {
  it("have the same base", () => {
    const [base] = readImage("sample-base").layers;
    expect(readImage("sample-api").layers[0]).toBe(base);
    expect(readImage("sample-web").layers[0]).toBe(base);
  });

  it("share two layers above it in different orders", () => {
    const [, first, second] = readImage("sample-api").layers;
    expect(first).not.toBe(second);
    expect(readImage("sample-web").layers.slice(1, 3)).toEqual([second, first]);
  });

  it("contain packages with all their dependencies", async () => {
    const [, postgres] = readImage("sample-api").layers;
    const names = [...(await readLayer(postgres!)).keys()];
    for (const name of ["pg", "pg-protocol", "pg-types", "pgpass", "split2"]) {
      expect(names).toContain(`app/node_modules/${name}/package.json`);
    }
  });

  it("list explicit packages in /app/package.json, with the versions installed", async () => {
    const manifest = JSON.parse((await readTop("sample-web")).get("app/package.json")!);
    const react = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../../node_modules/react/package.json"), "utf8"),
    );
    expect(manifest.dependencies.react).toBe(react.version);
    expect(Object.keys(manifest.dependencies)).not.toContain("@types/react");
  });

  it("hide the packages of the development step", async () => {
    const { layers, steps } = readImage("sample-web");
    const pruned = await readLayer(layers[steps.indexOf("RUN npm prune --omit=dev")]!);
    expect(pruned.has("app/node_modules/@types/.wh.react")).toBe(true);
    const brought = await readLayer(layers[steps.indexOf("RUN npm install --save-dev @types/react")]!);
    expect(brought.has("app/node_modules/@types/react/package.json")).toBe(true);
  });

  it("have the same bytes wherever and whenever they are built", async () => {
    const other = await buildSampleImages(join(folder, "other"));
    expect(readdirSync(join(other, "blobs", "sha256"))).toEqual(readdirSync(join(layout, "blobs", "sha256")));
    expect(readFileSync(join(other, "index.json"))).toEqual(readFileSync(join(layout, "index.json")));
  });

  it("are built once, and leave no partial build beside them", async () => {
    const both = join(folder, "both");
    const [first, second] = await Promise.all([buildSampleImages(both), buildSampleImages(both)]);
    expect(first).toBe(second);
    expect(readdirSync(both)).toEqual(["samples"]);
    expect(existsSync(join(first, "oci-layout"))).toBe(true);
  });
});
