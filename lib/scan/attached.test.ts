import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import {
  BASE_CLAIMS,
  type BuiltBlob,
  type BuiltImage,
  buildAttachment,
  buildAttestedImage,
  buildReferrers,
  buildStatement,
  CYCLONEDX_PREDICATE,
  PROVENANCE_0_2,
  PROVENANCE_1,
  SPDX_PREDICATE,
  wrapInEnvelope,
  writeBlobs,
} from "#testing/builders/attested-image.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { serveHttp } from "#testing/run/http-server.ts";
import { pushBlob, pushManifest } from "#testing/run/push-blobs.ts";
import { areInstalled, startRegistry, type TestRegistry } from "#testing/run/registry.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Shown {
  readonly kind: string;
  readonly digest: string;
  readonly nodeCount: number;
  readonly attachments: readonly { kind: string; type: string; digest: string; source: string }[];
  readonly baseClaims: readonly { name: string; digest: string; claimedBy: string }[];
  readonly problems: readonly { code: string; severity: string; message: string }[];
}

interface Scanned {
  readonly artifacts: readonly Shown[];
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

const folder = mkdtempSync(join(tmpdir(), "stratigraph-attached-test-"));
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const options = () => ({ databaseUrl: database.url });
const scan = (source: string, ...words: string[]) => runCliJson<Scanned>(["scan", source, ...words], options());
const show = (name: string) => runCliJson<Shown>(["show", name], options());

const all = ({ blobs, manifests }: BuiltImage) => [...blobs, ...manifests];

describe("attestations in the index of a layout", () => {
  const image = buildAttestedImage([SPDX_PREDICATE, PROVENANCE_0_2], "layout");
  const directory = join(folder, "layout");

  it("are no images, and are listed with the base images that they claim", async () => {
    const source = writeBlobs(directory, all(image), [{ blob: image.index, name: "app:1" }]);
    const { artifacts, problems } = await scan(source, "--name", "attested");
    expect([artifacts.map(({ digest }) => digest), problems]).toEqual([[image.image.digest], []]);
    const { attachments, baseClaims } = await show("attested");
    expect(attachments.map(({ kind, type }) => [kind, type])).toEqual([
      ["sbom", SPDX_PREDICATE],
      ["provenance", PROVENANCE_0_2],
    ]);
    expect(baseClaims.map(({ name, digest }) => ({ name, digest }))).toEqual(BASE_CLAIMS);
    expect(baseClaims[0]!.claimedBy).toBe(attachments[1]!.digest);
    const { stdout } = await runCli(["show", "attested"], options());
    expect(stdout).toContain("Images that its build used");
  });

  it("can be scanned as SBOMs by the source that is listed", async () => {
    const [sbom] = (await show("attested")).attachments;
    expect(sbom!.source).toBe(`sbom:oci:${directory}@${sbom!.digest}`);
    const { artifacts } = await scan(sbom!.source, "--name", "attested-bom");
    expect(artifacts).toMatchObject([{ kind: "sbom", digest: sbom!.digest, nodeCount: 4 }]);
  });

  it.each(["-cf", "-czf"])("are listed from an archive (tar %s), where no source scans them", async (mode) => {
    const archive = join(folder, `archive${mode}.tar`);
    execFileSync("tar", ["-C", directory, mode, archive, "."]);
    const archived = await scan(`oci-archive:${archive}`, "--name", "archived");
    expect(archived.problems).toEqual([]);
    const { attachments, baseClaims } = await show("archived");
    expect(attachments.map(({ kind, source }) => [kind, source])).toEqual([
      ["sbom", ""],
      ["provenance", ""],
    ]);
    expect(baseClaims).toHaveLength(2);
  });

  it("are warnings if they cannot be read, and the image is scanned", async () => {
    const broken = buildAttestedImage([SPDX_PREDICATE, PROVENANCE_1], "broken");
    const [statement] = broken.blobs.slice(-1);
    const source = writeBlobs(
      join(folder, "broken"),
      all(broken).filter((each) => each !== statement),
      [{ blob: broken.index, name: "app:1" }],
    );
    const { artifacts, problems } = await scan(source, "--name", "broken");
    expect(artifacts).toHaveLength(1);
    expect(problems).toMatchObject([
      { code: "missing-blob", severity: "warning", message: "attached to the image, not read: the blob is missing" },
    ]);
    expect(await show("broken")).toMatchObject({ attachments: [{ kind: "sbom" }], baseClaims: [], problems });
  });

  it("are found by the tag that lists what refers to an image, in a layout without a registry", async () => {
    const plain = buildAttestedImage([], "tagged");
    const statement = buildStatement(CYCLONEDX_PREDICATE);
    // Without annotations: the type is looked up inside.
    const attachment = buildAttachment([statement], { subject: plain.image });
    const blobs = [...all(plain), statement, attachment.config, attachment.manifest];
    const source = writeBlobs(join(folder, "tagged"), blobs, [
      { blob: plain.image, name: "app:1" },
      { blob: buildReferrers([attachment.manifest]), name: plain.image.digest.replace(":", "-") },
    ]);
    expect((await scan(source, "--name", "tagged")).problems).toEqual([]);
    expect((await show("tagged")).attachments).toMatchObject([{ kind: "sbom", type: CYCLONEDX_PREDICATE }]);
  });
});

describe.skipIf(!areInstalled("docker-registry"))("what comes with an image of a registry", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry.stop());

  async function push(repository: string, image: BuiltImage, tag: string): Promise<void> {
    for (const each of image.blobs) await pushBlob(registry.host, repository, each);
    for (const each of image.manifests) await pushManifest(registry.host, repository, each);
    await pushManifest(registry.host, repository, image.index, tag);
  }

  async function attach(repository: string, subject: BuiltBlob, predicateTypes: readonly string[]): Promise<void> {
    const statements = predicateTypes.map((type) => buildStatement(type));
    const { config, manifest } = buildAttachment(statements, { types: predicateTypes, subject });
    for (const each of [config, ...statements]) await pushBlob(registry.host, repository, each);
    await pushManifest(registry.host, repository, manifest);
    // Debian's registry has no list of referrers: clients keep one under this tag.
    await pushManifest(registry.host, repository, buildReferrers([manifest]), subject.digest.replace(":", "-"));
  }

  it("is read from the attestations of its index, and its SBOM is scanned from there", async () => {
    await push("shop/app", buildAttestedImage([SPDX_PREDICATE, PROVENANCE_1], "pushed"), "1");
    const { problems } = await scan(`docker://${registry.host}/shop/app:1`);
    expect(problems).toEqual([]);
    const { attachments, baseClaims } = await show(`${registry.host}/shop/app:1`);
    expect(baseClaims.map(({ name, digest }) => ({ name, digest }))).toEqual(BASE_CLAIMS);
    const [sbom] = attachments;
    expect(sbom!.source).toBe(`sbom:docker://${registry.host}/shop/app@${sbom!.digest}`);
    const { artifacts } = await scan(sbom!.source);
    expect(artifacts).toMatchObject([{ kind: "sbom", digest: sbom!.digest, nodeCount: 4 }]);
  });

  it("is read from its referrers, also of an image that is known", async () => {
    const image = buildAttestedImage([], "referred");
    await push("shop/referred", image, "1");
    const name = `${registry.host}/shop/referred:1`;
    await scan(`docker://${name}`);
    expect((await show(name)).attachments).toEqual([]);
    await attach("shop/referred", image.image, [CYCLONEDX_PREDICATE, PROVENANCE_0_2]);
    await scan(`docker://${name}`);
    const { attachments, baseClaims } = await show(name);
    expect(attachments.map(({ kind }) => kind)).toEqual(["sbom", "provenance"]);
    expect(baseClaims).toHaveLength(2);
  });

  it("is not listed among the tags of a repository", async () => {
    const { artifacts, problems } = await scan(`docker://${registry.host}/shop/referred:*`);
    expect([artifacts.length, problems]).toEqual([1, []]);
  });

  it("is removed with its image", async () => {
    await runCli(["rm", `${registry.host}/shop/referred:1`], options());
    const { rows } = await database.pool.query(
      "SELECT FROM image_attachment a LEFT JOIN artifact i ON i.id = a.artifact_id WHERE i.id IS NULL",
    );
    expect(rows).toEqual([]);
  });

  it("names a digest that is not there in one line", async () => {
    const run = await runCli(["scan", `sbom:docker://${registry.host}/shop/app@sha256:${"0".repeat(64)}`], options());
    expect([run.status, run.stderr]).toEqual([3, expect.stringContaining("does not have it")]);
    expect(await runCli(["scan", `sbom:docker://${registry.host}/shop/app:1`], options())).toMatchObject({ status: 2 });
  });
});

/** A registry with one image, whose list of referrers answers in its own way. */
async function serveReferrers(
  image: BuiltImage,
  answer: (response: ServerResponse) => void,
  more: readonly BuiltBlob[] = [],
) {
  const blobs = new Map([...all(image), image.index, ...more].map((each) => [each.digest, each]));
  return serveHttp(({ url }, response) => {
    const [, reference = ""] = /\/(?:blobs|manifests)\/(.*)$/.exec(url!) ?? [];
    const found = reference === "1" ? image.index : blobs.get(reference);
    if (url!.includes("/referrers/")) answer(response);
    else if (found === undefined) response.writeHead(404).end();
    else response.setHeader("content-type", found.mediaType).end(found.bytes);
  });
}

describe("a registry's list of referrers", () => {
  it("is read before the tag, and a statement may be in a DSSE envelope", async () => {
    const image = buildAttestedImage([], "listed");
    const envelope = wrapInEnvelope(buildStatement(PROVENANCE_0_2));
    const { config, manifest } = buildAttachment([envelope], { subject: image.image });
    const list = buildReferrers([manifest]);
    const server = await serveReferrers(image, (response) => response.end(list.bytes), [envelope, config, manifest]);
    const name = `${new URL(server.url).host}/shop/listed:1`;
    const { problems } = await scan(`docker://${name}`);
    await server.stop();
    expect(problems).toEqual([]);
    expect((await show(name)).baseClaims.map(({ name: base }) => base)).toEqual(["alpine:3.20", "docker/dockerfile:1"]);
  });

  const entries = Array.from({ length: 70 }, (_, i) => ({
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: `sha256:${`${i}`.padStart(64, "0")}`,
    size: 10,
  }));

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ["is refused", (response) => response.writeHead(403).end(), /may not read it/],
    ["is no JSON", (response) => response.end("<html>"), /not valid JSON/],
    ["is an endless body", (response) => void sendForEver(response), /more than|exceeds|bytes/],
    [
      "names what is not there",
      (response) => response.end(JSON.stringify({ manifests: entries.slice(0, 1) })),
      /missing/,
    ],
    [
      "is longer than is read",
      (response) => response.end(JSON.stringify({ manifests: entries })),
      /70 documents, of which 64 are read/,
    ],
  ])("%s: a warning, and the image is scanned", async (what, answer, message) => {
    const image = buildAttestedImage([], what);
    const server = await serveReferrers(image, answer);
    const { artifacts, problems } = await scan(`docker://${new URL(server.url).host}/shop/lying:1`);
    await server.stop();
    expect(artifacts).toHaveLength(1);
    expect(problems.every(({ severity }) => severity === "warning")).toBe(true);
    expect(problems.at(-1)!.message).toMatch(message);
  });

  it("may list more documents and base images than are kept", async () => {
    const image = buildAttestedImage([], "many");
    const materials = Array.from({ length: 1500 }, (_, i) => ({
      uri: `pkg:docker/base@${i}`,
      digest: { sha256: `${i}`.padStart(64, "0") },
    }));
    const statement = buildStatement(PROVENANCE_0_2, { materials });
    const statements = [
      statement,
      ...Array.from({ length: 300 }, (_, i) => buildStatement(SPDX_PREDICATE, { name: `${i}` })),
    ];
    const types = [PROVENANCE_0_2, ...new Array<string>(300).fill(SPDX_PREDICATE)];
    const { config, manifest } = buildAttachment(statements, { types, subject: image.image });
    const list = buildReferrers([manifest]);
    const server = await serveReferrers(image, (response) => response.end(list.bytes), [
      ...statements,
      config,
      manifest,
    ]);
    const name = `${new URL(server.url).host}/shop/many:1`;
    const { problems } = await scan(`docker://${name}`);
    await server.stop();
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining("more than 1000 base images"),
      expect.stringContaining("more than 256 documents"),
    ]);
    const { attachments, baseClaims } = await show(name);
    expect([attachments.length, baseClaims.length]).toEqual([256, 1000]);
  });
});

function sendForEver(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, " ");
  const send = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", send);
  send();
}
