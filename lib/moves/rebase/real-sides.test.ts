import { join } from "node:path";
import { expect, it } from "vitest";
import { openEnvironment } from "#lib/sources/environment.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { openSide } from "./open-side.ts";
import { readSides } from "./read-sides.ts";

const FLEET = sharedData("fleet-mini");
const tools = {
  environment: openEnvironment({ baseDir: "/", hasStdin: false, allowed: "all" }),
  signal: new AbortController().signal,
};

function open(source: string) {
  return openSide(source, "all", tools);
}

it.skipIf(FLEET === undefined)("reads the images of a fleet, and both platforms of an index", async () => {
  const layout = join(FLEET!, "oci");
  const [image, oldBase, newBase] = await Promise.all(
    ["m-old-sqlite", "m-base-old", "m-base"].map(async (name) => {
      const side = await open(`oci:${layout}:${name}`);
      return { side, image: side.images[0]! };
    }),
  );
  const sides = await readSides({ image: image!, oldBase: oldBase!, newBase: newBase! }, tools.signal);
  expect(sides.base.by).toBe("layers");
  expect(sides.upper.length).toBeGreaterThan(0);
  expect(sides.before.found.components.some(({ name }) => name === "sqlite3")).toBe(true);
  const { images } = await open(`oci:${join(FLEET!, "oci-multiarch")}`);
  expect(images.map(({ config }) => config.platform.architecture).sort()).toEqual(["amd64", "arm64"]);
});

it.skipIf(FLEET === undefined)("asks for one image of a source with several, and for layers", async () => {
  await expect(open(`oci:${join(FLEET!, "oci")}`)).rejects.toThrow("has several images; name one of them:");
  await expect(open("sbom:x.json")).rejects.toThrow("is not a source of images, and layers are needed");
});
