import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sumLeft } from "#lib/model/registry-offer.ts";
import { writeStreamedLayout } from "#testing/builders/stream-layout.ts";
import { serveHttp, type TestServer } from "#testing/run/http-server.ts";
import { areInstalled, startRegistry, type TestRegistry } from "#testing/run/registry.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { newRequest } from "./new-request.ts";
import { offerImages } from "./offer-images.ts";
import { weighImage } from "./weigh-image.ts";

const ACCESS = { baseDir: "/", hasStdin: false, allowed: "remote", reach: "named" } as const;
const { signal } = new AbortController();
const offer = (text: string) => offerImages(text, ACCESS, signal);

describe.skipIf(!areInstalled("docker-registry", "skopeo"))("while a reference is typed", () => {
  const place = makeTestPlace();
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startRegistry();
    const base = [{ path: "usr/lib/base", body: "base".repeat(5000) }];
    const app = [{ path: "usr/bin/app", body: "app".repeat(5000) }];
    await registry.push(await writeStreamedLayout(join(place.folder, "base"), [base]), "shop/base:1");
    const source = await writeStreamedLayout(join(place.folder, "app"), [base, app]);
    for (const tag of ["1.10", "1.9", "2", "latest"]) await registry.push(source, `shop/app:${tag}`);
  });
  afterAll(() => registry.stop());

  const weigh = (image: string) =>
    weighImage(place.database.pool, newRequest(`docker://${registry.host}/${image}`, ACCESS), signal);

  it("tags are completed, in the order of their numbers", async () => {
    const repository = `${registry.host}/shop/app`;
    expect(await offer(`${registry.host}/shop/app:`)).toMatchObject({
      repository,
      names: ["1.9", "1.10", "2", "latest"],
      moreCount: 0,
      line: "",
    });
    expect(await offer(`${registry.host}/shop/app`)).toMatchObject({ repository, names: { length: 4 } });
    expect(await offer(`${registry.host}/shop/app:1.`)).toMatchObject({ names: ["1.9", "1.10"] });
    expect(await offer(`${registry.host}/shop/app:9`)).toMatchObject({ names: [], line: "no such tag" });
  });

  it("repositories are completed where there is none of that name", async () => {
    const both = [`${registry.host}/shop/app`, `${registry.host}/shop/base`];
    for (const typed of ["/", "/sh", "/shop/"])
      expect(await offer(`${registry.host}${typed}`)).toMatchObject({ repository: undefined, names: both });
    expect(await offer(`${registry.host}/other`)).toMatchObject({
      names: [],
      line: `${registry.host} has no repository other`,
    });
  });

  it("a wrong host, or a name that cannot be, is one line", async () => {
    expect(await offer("127.0.0.1:1/shop/app:")).toMatchObject({ names: [], line: "127.0.0.1:1: connection refused" });
    expect((await offer(`${registry.host}/Shop/app:`)).line).toMatch(/^docker:\/\/\S+: Shop\/app is not a repository/);
    // Nothing is asked of Docker Hub while the host is typed.
    for (const typed of ["localhost", "localhost:5000", "registry.example.org", "a@sha256:0", "127.0.0.1/x*"])
      expect(await offer(typed)).toMatchObject({ names: [], line: "" });
  });

  it("a private address is not asked by a server that others can reach", async () => {
    const open = { ...ACCESS, reach: "public" } as const;
    const { names, line } = await offerImages(`${registry.host}/shop/app:`, open, signal);
    expect([names, line]).toEqual([[], expect.stringContaining("is a private address")]);
  });

  it("is given up when typing goes on", async () => {
    const silent: TestServer = await serveHttp(() => undefined);
    const abort = new AbortController();
    const asked = offerImages(`${silent.host}/shop/app:`, ACCESS, abort.signal);
    setTimeout(() => abort.abort(), 100);
    await expect(asked).rejects.toThrow(/aborted/);
    await silent.stop();
  });

  it("the bytes left are those of layers that are not known, and of each once", async () => {
    const [before, other] = await Promise.all([weigh("shop/app:1.9"), weigh("shop/base:1")]);
    expect(before).toMatchObject({ layerCount: 2, knownCount: 0, missing: { length: 2 }, platforms: [], line: "" });
    expect(sumLeft([before, other])).toBe(sumLeft([before]));
    const scan = await runCli(["scan", `docker://${registry.host}/shop/base:1`], { databaseUrl: place.database.url });
    expect(scan.status).toBe(0);
    const after = await weigh("shop/app:1.9");
    expect(after).toMatchObject({ knownCount: 1, missing: { length: 1 } });
    expect(sumLeft([after])).toBe(sumLeft([before]) - sumLeft([other]));
    expect(await weigh("shop/app:9")).toMatchObject({ line: "no such tag" });
  });
});

describe("an index", () => {
  const place = makeTestPlace();
  const OCI = "application/vnd.oci.image";
  const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

  /** A manifest with one layer of this many bytes. */
  function manifestOf(size: number): string {
    const layer = { mediaType: `${OCI}.layer.v1.tar+gzip`, digest: digestOf(`layer of ${size}`), size };
    const config = { mediaType: `${OCI}.config.v1+json`, digest: digestOf("config"), size: 2 };
    return JSON.stringify({ schemaVersion: 2, mediaType: `${OCI}.manifest.v1+json`, config, layers: [layer] });
  }

  it("is weighed at the chosen platform, and says which it has", async () => {
    const images = { amd64: manifestOf(100), arm64: manifestOf(300) };
    const manifests = Object.entries(images).map(([architecture, text]) => ({
      mediaType: `${OCI}.manifest.v1+json`,
      digest: digestOf(text),
      size: text.length,
      platform: { os: "linux", architecture },
    }));
    const index = JSON.stringify({ schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests });
    const server = await serveHttp(({ url = "" }, response) => {
      response.end(Object.values(images).find((text) => url.endsWith(digestOf(text))) ?? index);
    });
    const weigh = (platform: string) =>
      weighImage(place.database.pool, newRequest(`docker://${server.host}/app:1`, ACCESS, platform), signal);
    try {
      const platforms = ["linux/amd64", "linux/arm64"];
      expect(await weigh("linux/amd64")).toMatchObject({ platforms, missing: [{ bytes: 100 }] });
      expect(await weigh("linux/arm64")).toMatchObject({ platforms, missing: [{ bytes: 300 }] });
      expect(sumLeft([await weigh("all")])).toBe(400);
      expect((await weigh("linux/s390x")).line).toBe(
        "has no image for this platform; it has: linux/amd64, linux/arm64",
      );
    } finally {
      await server.stop();
    }
  });
});
