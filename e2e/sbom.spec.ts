import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildAttestedImage, PROVENANCE_1, SPDX_PREDICATE, writeBlobs } from "#testing/builders/attested-image.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { CYCLONEDX_1_5, CYCLONEDX_1_6, CYCLONEDX_1_7 } from "#testing/builders/sboms.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { startProduct } from "./start-server.ts";

// What can a person see of a software bill of materials, which states no sizes? The spec has its own database: others are not to see
// such artifacts.

test.describe.configure({ mode: "default" });

let home: string;
let server: Awaited<ReturnType<typeof startProduct>>;

async function scan(source: string, name: string): Promise<void> {
  const env = { ...process.env, STRATIGRAPH_DATA: home, DATABASE_URL: "" };
  const words = ["bin/stratigraph.mjs", "scan", source, "--name", name];
  const [status] = await once(spawn(process.execPath, words, { env, stdio: "ignore" }), "close");
  expect(status).toBe(0);
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  home = mkdtempSync(join(tmpdir(), "stratigraph-sboms-"));
  const layer = buildTar([
    { path: "etc/os-release", body: 'ID=debian\nVERSION_ID="12"\n' },
    {
      path: "var/lib/dpkg/status",
      body: [
        "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9+deb12u4\nArchitecture: amd64\n",
        "Package: tar\nStatus: install ok installed\nVersion: 1.30\nArchitecture: amd64\nDepends: libc6\n",
      ].join("\n"),
    },
  ]);
  writeFileSync(join(home, "image.tar"), buildDockerArchive([layer], { name: "debian:12" }));
  await scan(`docker-archive:${join(home, "image.tar")}`, "debian:12");
  for (const [name, document] of [
    ["debian-bom", CYCLONEDX_1_5],
    ["alpine-bom", CYCLONEDX_1_6],
    ["rootless-bom", CYCLONEDX_1_7],
  ] as const) {
    const file = join(home, `${name}.json`);
    writeFileSync(file, JSON.stringify(document));
    await scan(`sbom:${file}`, name);
  }
  const image = buildAttestedImage([SPDX_PREDICATE, PROVENANCE_1]);
  const layout = [{ blob: image.index, name: "app:1" }];
  await scan(writeBlobs(join(home, "attested"), [...image.blobs, ...image.manifests], layout), "app:1");
  server = await startProduct(["serve"], { STRATIGRAPH_DATA: home });
});

test.afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true });
});

test("an SBOM is in the list without a size, and its page counts components", async ({ page }) => {
  await page.goto(server.url);
  await expect(page.getByText("2 images, 0 closures, 3 SBOMs")).toBeVisible();
  const row = page.getByRole("row", { name: /debian-bom/ });
  await expect(row).toContainText("SBOM");
  await page.getByRole("link", { name: "SBOMs" }).click();
  await expect(page.getByRole("row", { name: /debian:12/ })).toHaveCount(0);
  await row.getByRole("link", { name: /debian-bom/ }).click();
  await expect(page.getByText("SBOM, CycloneDX 1.5")).toBeVisible();
  await expect(page.getByRole("note")).toContainText("sizes, files and layers are not known");
  const components = page.getByRole("region", { name: "Components", exact: true }).last();
  await expect(components.getByRole("row", { name: /debian:12/ })).toContainText("5");
  await expect(components.getByRole("row", { name: /libc6/ })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(/\d ?(B|KiB)\b/);
  await expect(page.getByRole("button", { name: "Share" })).toHaveCount(0);
});

test("its graph, and why a component is in it", async ({ page, request }) => {
  await page.goto(`${server.url}/artifacts/debian-bom/graph?node=libc6`);
  await expect(page.getByTestId("overview-status")).toContainText(/^5 nodes /);
  await expect(page.getByRole("heading", { name: /^libc6/ })).toBeVisible();
  const shown = page.getByRole("region", { name: "Nodes shown" });
  await expect(shown.getByRole("row", { name: /debian:12/ })).toContainText("5");
  await expect(page.getByRole("main")).not.toContainText(/\d ?(B|KiB)\b/);
  await page.getByRole("link", { name: "All paths" }).click();
  await expect(page.getByRole("region", { name: "Dependency paths" })).toContainText("dependsOn");
  await expect(page.getByRole("region", { name: "Files" })).toHaveCount(0);
  await expect(page.getByRole("main")).not.toContainText(/\d ?(B|KiB)\b/);
  const nodes = await (await request.get(`${server.url}/artifacts/debian-bom/nodes.csv`)).text();
  expect(nodes.split("\r\n")[0]).toBe(
    "id,kind,name,version,closureCount,retainedCount,referenceCount,referrerCount,root",
  );
  expect((await request.get(`${server.url}/artifacts/debian-bom/wasted.csv`)).status()).toBe(409);
});

test("it is compared with the image that it describes, and refused where bytes count", async ({ page }) => {
  await page.goto(`${server.url}/compare?a=debian:12&b=debian-bom`);
  const table = page.getByRole("region", { name: "Components on both sides" });
  await expect(table.getByRole("row", { name: /tar/ })).toContainText("1.30");
  await expect(page.getByText("an SBOM states none")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(/\d ?(B|KiB)\b/);
  await page.goto(`${server.url}/compare/graph?a=debian:12&b=debian-bom`);
  await expect(page.getByText("changes below it")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(/\d ?(B|KiB)\b/);
  await page.goto(`${server.url}/savings?in=debian:12,debian-bom`);
  await expect(page.getByText("debian-bom is an SBOM, which states no sizes")).toBeVisible();
  await page.goto(`${server.url}/compare?in=debian:12,debian-bom`);
  await expect(page.getByText("debian-bom is an SBOM, which states no sizes")).toBeVisible();
});

test("an image's page lists what is attached to it, and how to scan it", async ({ page }) => {
  await page.goto(`${server.url}/artifacts/app:1`);
  const attached = page.getByRole("region", { name: "Attached documents" });
  await expect(attached.getByRole("row", { name: /SBOM/ })).toContainText(
    `stratigraph scan sbom:oci:${join(home, "attested")}@sha256:`,
  );
  await expect(attached.getByRole("row", { name: /provenance/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Images that its build used" })).toContainText("alpine:3.20");
});
