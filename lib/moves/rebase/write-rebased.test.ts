import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openEnvironment } from "#lib/sources/environment.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { buildTar, inChunks, type TarMember } from "#testing/builders/tar.ts";
import { parseTarget } from "../sink/image-target.ts";
import { writeImages } from "../sink/write-images.ts";
import { openSide } from "./open-side.ts";
import { writeRebased } from "./write-rebased.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-rebased-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });
const PLATFORMS = ["amd64", "arm64"];

/** Writes an index of two platforms, each with a layer for these texts. */
async function build(name: string, texts: readonly string[], annotations = {}): Promise<readonly SourceImage[]> {
  await writeImages(parseTarget(`oci:in-${name}:${name}`, environment), { signal, environment }, async (sink) => {
    const images = [];
    for (const architecture of PLATFORMS) {
      const layers = [];
      for (const text of texts) layers.push(await sink.addLayer(inChunks(toTar(`${text} ${architecture}`))));
      const history = texts.map((created_by) => ({ created_by }));
      images.push(await sink.addImage({ config: { architecture, os: "linux", history }, layers, annotations }));
    }
    sink.name(name, await sink.addIndex(images));
  });
  return (await openSide(`oci:in-${name}`, "all", { environment, signal })).images;
}

function toTar(text: string): Uint8Array {
  const member: TarMember = { path: text, body: text };
  return buildTar([member]);
}

it("writes every platform of an index, with the annotations of the image and of its new base", async () => {
  const oldBase = await build("old", ["base 1"]);
  const newBase = await build("new", ["base 2", "more"]);
  const image = await build("app", ["base 1", "app"], { made: "by hand", "org.opencontainers.image.base.name": "old" });
  const mergeTar = toTar("merged");
  const platforms = PLATFORMS.map((_, i) => ({
    image: image[i]!,
    oldBase: oldBase[i]!,
    newBase: newBase[i]!,
    oldBaseLayers: 1,
    config: { architecture: PLATFORMS[i]!, os: "linux", config: { Cmd: ["app"] } },
    mergeTar: i === 0 ? mergeTar : new Uint8Array(0),
    mergeStep: "merge",
  }));
  await writeImages(parseTarget("oci:out", environment), { signal, environment }, (sink) =>
    writeRebased(sink, image[0]!.name, platforms),
  );
  const { images } = await openSide("oci:out:app", "all", { environment, signal });
  expect(images.map(({ config }) => config.platform.architecture)).toEqual(PLATFORMS);
  expect(images.map(({ config }) => config.createdBy)).toEqual([
    ["base 2", "more", "app", "merge"],
    ["base 2", "more", "app"],
  ]);
  for (const [i, { layers, config, readAnnotations }] of images.entries()) {
    const expected = [...newBase[i]!.layers, image[i]!.layers[1]!].map(({ digest }) => digest);
    expect(layers.slice(0, 3).map(({ digest }) => digest)).toEqual(expected);
    expect(config.command).toEqual(["app"]);
    expect(await readAnnotations!()).toEqual({
      made: "by hand",
      "org.opencontainers.image.base.name": "new",
      "org.opencontainers.image.base.digest": newBase[i]!.digest,
    });
  }
  const { manifests } = JSON.parse(readFileSync(join(folder, "out/index.json"), "utf8"));
  expect(manifests).toEqual([expect.objectContaining({ annotations: { "org.opencontainers.image.ref.name": "app" } })]);
});
