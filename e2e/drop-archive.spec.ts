import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { openPage } from "./open-page.ts";

// Can a colleague who has a file and no terminal have it scanned, and change their mind in the middle?

/** Scans of other tests may be writing to the same database, one after another. */
const SCAN_MS = 60_000;
const CHUNK_BYTES = 8 * 1024 ** 2;

function archiveOf(name: string, byteCount: number): Uint8Array {
  return buildDockerArchive([buildTar([{ path: "usr/bin/app", body: randomBytes(byteCount / 2).toString("hex") }])], {
    name,
  });
}

async function openArchiveTab(page: Page) {
  await page.getByRole("button", { name: "Scan…" }).click();
  const dialog = page.getByRole("dialog", { name: "Scan" });
  await dialog.getByRole("tab", { name: "Archive" }).click();
  return dialog;
}

/** Lets chunks from this offset on wait until `release`. */
async function holdChunks(page: Page, offset: number) {
  const released = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  await page.route("**/uploads/*", async (route) => {
    const at = Number(route.request().headers()["upload-offset"]);
    if (at >= offset) {
      arrived.resolve();
      await released.promise;
    }
    // The page may have given the request up.
    await route.continue().catch(() => undefined);
  });
  return { arrived: arrived.promise, release: released.resolve };
}

function uploadsLeft(): string[] {
  const folder = join(process.env.STRATIGRAPH_DATA!, "uploads");
  return existsSync(folder) ? readdirSync(folder) : [];
}

test.describe("an archive", () => {
  test.describe.configure({ mode: "serial" });

  test("is dropped, watched by two browsers, cancelled in the middle, and dropped again", async ({
    page,
    browser,
  }, testInfo) => {
    test.slow();
    const file = testInfo.outputPath("big-app.tar");
    writeFileSync(file, archiveOf("dropped/big-app:1", 2 * CHUNK_BYTES));
    const held = await holdChunks(page, CHUNK_BYTES);
    await openPage(page, "/jobs");
    const dialog = await openArchiveTab(page);
    await expectAccessible(page);
    await dialog.getByLabel("Archives").setInputFiles(file);
    const upload = dialog.getByRole("listitem").filter({ hasText: "big-app.tar" });
    await expect(upload).toContainText(/Uploading · 8\.0 MiB of 16\.0 MiB/, { timeout: SCAN_MS });
    await held.arrived;

    // Closing the dialog does not stop it, and every browser sees it.
    await dialog.getByRole("button", { name: "Close" }).last().click();
    const row = page.getByRole("listitem").filter({ hasText: "big-app.tar" });
    await expect(row).toContainText("8.0 MiB of 16.");
    const other = await (await browser.newContext()).newPage();
    await openPage(other, "/jobs");
    const seen = other.getByRole("listitem").filter({ hasText: "big-app.tar" });
    await expect(seen).toContainText("8.0 MiB of 16.");
    expect(uploadsLeft()).toHaveLength(1);

    await openArchiveTab(page);
    await upload.getByRole("button", { name: "Cancel big-app.tar" }).click();
    await expect(upload).toHaveCount(0);
    await expect(seen).toHaveCount(0);
    await expect.poll(uploadsLeft).toEqual([]);
    held.release();
    await page.unroute("**/uploads/*");

    await dialog.getByLabel("Archives").setInputFiles(file);
    await expect(upload).toContainText("1 component, 0 edges", { timeout: SCAN_MS });
    await expect.poll(uploadsLeft).toEqual([]);
    await expect(seen).toContainText("1 layer read", { timeout: SCAN_MS });
    await upload.getByRole("link", { name: "Open" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "dropped/big-app:1" })).toBeVisible();
    await other.context().close();
  });

  test("goes on from where it stopped when the same file is chosen after its tab was closed", async ({
    page,
    context,
  }, testInfo) => {
    test.slow();
    const file = testInfo.outputPath("paused-app.tar");
    writeFileSync(file, archiveOf("dropped/paused-app:1", CHUNK_BYTES));
    // The connection breaks before the second chunk, and stays broken until the tab is closed.
    await page.route("**/uploads/*", (route) => {
      const isFirst = route.request().headers()["upload-offset"] === "0";
      return isFirst ? route.continue() : route.abort("connectionreset");
    });
    await openPage(page, "/jobs");
    const first = await openArchiveTab(page);
    await first.getByLabel("Archives").setInputFiles(file);
    await expect(first).toContainText("The server does not answer. Trying again from 8.0 MiB of 8.0 MiB.", {
      timeout: SCAN_MS,
    });
    await page.close();

    const next = await context.newPage();
    const sent: (string | undefined)[] = [];
    next.on("request", (request) => {
      if (request.method() === "PATCH") sent.push(request.headers()["upload-offset"]);
    });
    await openPage(next, "/jobs");
    await expect(next.getByRole("listitem").filter({ hasText: "paused-app.tar" })).toContainText("8.0 MiB of 8.0 MiB");
    const dialog = await openArchiveTab(next);
    await dialog.getByLabel("Archives").setInputFiles(file);
    await expect(dialog.getByRole("link", { name: "Open" })).toBeVisible({ timeout: SCAN_MS });
    expect(sent).toEqual([`${CHUNK_BYTES}`]);
  });

  test("is taken from a drop anywhere on the dialog; another file is refused in one line", async ({ page }) => {
    await openPage(page, "/");
    await page.getByRole("button", { name: "Scan…" }).click();
    const dialog = page.getByRole("dialog", { name: "Scan" });
    const bytes = Buffer.from(archiveOf("dropped/small-app:1", 5000)).toString("base64");
    const files = await page.evaluateHandle((base64) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(["# Read me\n".repeat(200)], "README.md"));
      dropped.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], "small-app.tar"));
      return dropped;
    }, bytes);
    await dialog.dispatchEvent("drop", { dataTransfer: files });
    const row = (name: string) => dialog.getByRole("listitem").filter({ hasText: name });
    await expect(row("README.md")).toContainText(
      "README.md is not a tar archive; docker save NAME > image.tar writes one",
    );
    await expect(row("small-app.tar")).toContainText("1 component", { timeout: SCAN_MS });
    await expectAccessible(page);
  });
});

test("chunks are refused from another site, without an upload, and beyond their size", async ({ request }) => {
  const url = `${process.env.STRATIGRAPH_URL}/uploads/${"0".repeat(32)}-00000000`;
  const own = { "upload-offset": "0", "sec-fetch-site": "same-origin" };
  const send = (headers: Record<string, string>) =>
    request.patch(url, { headers, data: Buffer.alloc(10) }).then((response) => response.status());
  expect(await send({ ...own, "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await send(own)).toBe(404);
  expect(await send({ ...own, "upload-offset": "x" })).toBe(400);
  // Refused by its length, before a byte of it is read.
  const refused = Promise.withResolvers<number | undefined>();
  const headers = { ...own, "content-length": CHUNK_BYTES + 1 };
  const sent = httpRequest(url, { method: "PATCH", headers }, ({ statusCode }) => refused.resolve(statusCode));
  sent.once("error", refused.reject).flushHeaders();
  expect(await refused.promise).toBe(413);
  sent.destroy();
});
