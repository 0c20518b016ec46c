import { execFileSync } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { InputError, RefusedError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import type { OpenedImages } from "#lib/sources/images/open-images.ts";
import type { FoundImages, SourceImage } from "#lib/sources/images/source-image.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { buildTar, inChunks } from "#testing/builders/tar.ts";
import { serveHttp } from "#testing/run/http-server.ts";
import { areInstalled, PASSWORD, startRegistry, type TestRegistry, USER } from "#testing/run/registry.ts";
import type { ImageSink } from "./image-sink.ts";
import { parseTarget } from "./image-target.ts";
import { writeImages } from "./write-images.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-push-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
/** Large enough for several chunks, and not compressible. */
const BODY = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(3_000_000));
const TAR = buildTar([{ path: "noise", body: BODY }]);
const CONFIG = { os: "linux", architecture: "amd64", config: {}, history: [{ created_by: "by hand" }] };

function toEnvironment(variables: Readonly<Record<string, string>> = {}) {
  const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });
  return { ...environment, variables: { ...process.env, HOME: folder, ...variables } };
}

function write<T>(target: string, work: (sink: ImageSink) => Promise<T>, environment = toEnvironment()): Promise<T> {
  return writeImages(parseTarget(target, environment), { signal, environment }, work);
}

async function addOne(sink: ImageSink) {
  const image = await sink.addImage({ config: CONFIG, layers: [await sink.addLayer(inChunks(TAR, 65_536))] });
  sink.name("one", image);
  return image;
}

async function withImage<T>(
  source: string,
  use: (image: SourceImage) => Promise<T>,
  environment = toEnvironment(),
): Promise<T> {
  const parsed = parseSource(source, environment);
  if (parsed.kind !== "images") throw new TypeError(source);
  const opened = await parsed.open(signal);
  try {
    const { images } = await findImages(opened);
    for await (const image of images) if (!("fault" in image)) return await use(image);
    throw new TypeError(`${source} has no image`);
  } finally {
    if (opened.kind === "remote") await opened.close();
  }
}

function findImages(opened: OpenedImages): Promise<FoundImages> {
  if (opened.kind === "remote") return opened.find("all");
  if (opened.files.kind === "stream") throw new TypeError("a stream");
  return opened.find(opened.files.store, "all");
}

function inspect(name: string, ...more: readonly string[]) {
  const inspected = ["inspect", "--raw", "--tls-verify=false", ...more, `docker://${name}`];
  return JSON.parse(execFileSync("skopeo", inspected, { encoding: "utf8", stdio: "pipe" }));
}

function listPushes(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^stratigraph-push-(?!test)/.test(name));
}

describe.skipIf(!areInstalled("docker-registry", "skopeo"))("a registry", () => {
  let registry: TestRegistry;
  afterEach(() => registry?.stop());

  it("gets an image and an index, which another tool pulls", async () => {
    registry = await startRegistry();
    const before = listPushes();
    await write(`docker://${registry.host}/shop/app:1`, addOne);
    expect(inspect(`${registry.host}/shop/app:1`, "--config")).toMatchObject({ history: CONFIG.history });
    const pulled = [
      "copy",
      "-q",
      "--src-tls-verify=false",
      `docker://${registry.host}/shop/app:1`,
      `oci:${folder}/pulled`,
    ];
    execFileSync("skopeo", pulled);
    await write(`docker://${registry.host}/shop/app:all`, async (sink) => {
      const layer = await sink.addLayer(inChunks(TAR));
      const arm = await sink.addImage({ config: { ...CONFIG, architecture: "arm64" }, layers: [layer] });
      sink.name("all", await sink.addIndex([await sink.addImage({ config: CONFIG, layers: [layer] }), arm]));
    });
    const { manifests } = inspect(`${registry.host}/shop/app:all`);
    expect(manifests.map(({ platform }: { platform: object }) => platform)).toEqual([
      { os: "linux", architecture: "amd64" },
      { os: "linux", architecture: "arm64" },
    ]);
    expect(listPushes()).toEqual(before);
  });

  it("takes a blob from its other repository, instead of over the network", async () => {
    registry = await startRegistry();
    await write(`docker://${registry.host}/base:1`, addOne);
    registry.takeSent();
    await withImage(`docker://${registry.host}/base:1`, async ({ layers }) => {
      registry.takeSent();
      await write(`docker://${registry.host}/app:1`, async (sink) => {
        sink.name("app", await sink.addImage({ config: CONFIG, layers: [await sink.copyLayer(layers[0]!)] }));
      });
    });
    expect(registry.takeSent().filter((path) => path.includes("/blobs/"))).toEqual([]);
    expect(inspect(`${registry.host}/app:1`).layers).toEqual(inspect(`${registry.host}/base:1`).layers);
  });

  it("gets layers of a layout and of another registry byte for byte", async () => {
    registry = await startRegistry();
    const other = await startRegistry();
    try {
      await write("oci:local:one", addOne);
      await withImage("oci:local:one", ({ layers }) =>
        write(`docker://${other.host}/from:1`, async (sink) => {
          sink.name("from", await sink.addImage({ config: CONFIG, layers: [await sink.copyLayer(layers[0]!)] }));
        }),
      );
      await withImage(`docker://${other.host}/from:1`, ({ layers }) =>
        write(`docker://${registry.host}/to:1`, async (sink) => {
          sink.name("to", await sink.addImage({ config: CONFIG, layers: [await sink.copyLayer(layers[0]!)] }));
        }),
      );
      expect(inspect(`${registry.host}/to:1`)).toEqual(inspect(`${other.host}/from:1`));
      const whole = ["copy", "-q", "--src-tls-verify=false", `docker://${registry.host}/to:1`, `oci:${folder}/whole`];
      execFileSync("skopeo", whole);
    } finally {
      await other.stop();
    }
  });

  it("keeps a tag that is there, and takes one image", async () => {
    registry = await startRegistry();
    const target = `docker://${registry.host}/app:1`;
    await write(target, addOne);
    const before = inspect(`${registry.host}/app:1`);
    await expect(write(target, addOne)).rejects.toThrow(`${target}: the registry has this tag already; name another`);
    const twice = write(`docker://${registry.host}/app:2`, async (sink) => {
      await addOne(sink);
      await addOne(sink);
    });
    await expect(twice).rejects.toBeInstanceOf(UsageError);
    expect(inspect(`${registry.host}/app:1`)).toEqual(before);
    expect(() => inspect(`${registry.host}/app:2`)).toThrow();
  });

  it.each(["basic", "token"] as const)("asks for a login, with %s authentication", async (auth) => {
    registry = await startRegistry(auth);
    const target = `docker://${registry.host}/shop/app:1`;
    await expect(write(target, addOne)).rejects.toBeInstanceOf(RefusedError);
    const login = { auths: { [registry.host]: { auth: Buffer.from(`${USER}:${PASSWORD}`).toString("base64") } } };
    const file = join(folder, `auth-${auth}.json`);
    writeFileSync(file, JSON.stringify(login));
    const environment = toEnvironment({ REGISTRY_AUTH_FILE: file });
    await write(target, addOne, environment);
    await withImage(
      `docker://${registry.host}/shop/app:1`,
      async ({ layers }) => expect(layers).toHaveLength(1),
      environment,
    );
  });

  it("gets no manifest of a layer that is not what it should be", async () => {
    registry = await startRegistry();
    await write("oci:damaged:one", addOne);
    await withImage("oci:damaged:one", async ({ layers }) => {
      const file = join(folder, "damaged/blobs", layers[0]!.digest!.replace(":", "/"));
      const bytes = readFileSync(file);
      bytes[100]! ^= 1;
      writeFileSync(file, bytes);
      const pushing = write(`docker://${registry.host}/app:1`, async (sink) => {
        sink.name("app", await sink.addImage({ config: CONFIG, layers: [await sink.copyLayer(layers[0]!)] }));
      });
      await expect(pushing).rejects.toThrow(/expected digest sha256/);
      await expect(pushing).rejects.toBeInstanceOf(InputError);
    });
    expect(() => inspect(`${registry.host}/app:1`)).toThrow();
  });

  it("that is gone or fails is one line", async () => {
    registry = await startRegistry();
    const target = `docker://${registry.host}/app:1`;
    await registry.kill();
    await expect(write(target, addOne)).rejects.toBeInstanceOf(UnreachableError);
    const server = await serveHttp((request, response) => {
      response.writeHead(request.method === "POST" ? 405 : 404).end();
    });
    const host = new URL(server.url).host;
    const refused = write(`docker://${host}/app:1`, addOne);
    await expect(refused).rejects.toThrow(`${host}: app: the server does not take it (status 405)`);
    await server.stop();
  });
});
