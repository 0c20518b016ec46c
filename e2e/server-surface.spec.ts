import { request as httpRequest } from "node:http";
import { expect, test } from "@playwright/test";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { startProduct } from "./start-server.ts";

// What does the server reveal or allow to others: other sites, caches, endless forms?

const ADDRESSES = [
  "/",
  "/docs",
  "/artifacts/sample-web",
  "/artifacts/no-such-image",
  "/artifacts.csv",
  "/compare/components.csv?a=sample-web&b=sample-api",
  "/search?q=react",
  "/search/near?q=sample-wbe",
  "/search/holders?file=/app/package.json",
  "/artifacts/sample-web/nodes?row=10",
  "/artifacts/%E0%A4",
  "/icon.svg",
  "/no-such-page",
];

test("every response forbids framing, MIME sniffing and scripts without its nonce", async ({ request }) => {
  const nonces = new Set<string>();
  for (const path of ADDRESSES) {
    const headers = (await request.get(address(path))).headers();
    expect(headers, path).toMatchObject({
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "private, no-store",
    });
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, path).toContain("frame-ancestors 'none'");
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    expect(scripts, path).not.toMatch(/unsafe/);
    nonces.add(/'nonce-([^']+)'/.exec(scripts)?.[1] ?? "");
  }
  expect(nonces.size, "a nonce is used once").toBe(ADDRESSES.length);
});

test("pages work under their policy: none of their content is blocked", async ({ page }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  for (const path of [
    "/",
    "/docs",
    "/artifacts/sample-web/graph?node=0",
    "/artifacts/sample-web/graph?view=focus&node=0",
    "/artifacts/sample-web/remove?take=wasted",
    "/artifacts/sample-web/layers/4",
    "/artifacts/sample-web/file?path=/app/package.json",
    "/compare?a=sample-web&b=sample-api",
    "/compare/graph?a=sample-web&b=sample-api",
    "/compare/graph?a=sample-web&b=sample-api&view=map",
    "/savings?in=sample-web,sample-api",
    "/lineage",
    "/whatif?component=libc6",
    "/cache-hits?in=sample-web,sample-api",
    "/lineage/rebase?image=sample-web&from=sample-base&to=sample-api",
    "/lineage/relayer?image=sample-web,sample-api",
  ]) {
    await openPage(page, path);
    await page.waitForLoadState("networkidle");
  }
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Switch between light and dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  expect(refused).toEqual([]);
});

test("an injected script does not run", async ({ page }) => {
  await openPage(page, "/");
  const ran = await page.evaluate(() => {
    const script = document.createElement("img");
    script.setAttribute("onerror", "document.title = 'ran'");
    script.src = "data:,";
    document.body.append(script);
    return new Promise((resolve) => setTimeout(() => resolve(document.title === "ran"), 500));
  });
  expect(ran).toBe(false);
});

test("a page of another site cannot frame a report, nor delete it through a frame", async ({ page }) => {
  await openPage(page, "/artifacts/sample-base");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\//);
  const report = page.url();
  const attacker = `<iframe src="${report}" style="opacity:.01" width="800" height="800"></iframe>`;
  await page.route("http://elsewhere.test/", (route) => route.fulfill({ contentType: "text/html", body: attacker }));
  await page.goto("http://elsewhere.test/");
  await expect.poll(() => page.frames().length).toBe(2);
  await page.waitForLoadState("networkidle");
  const framed = page.frameLocator("iframe");
  await expect(framed.getByText("Title, note, delete")).toHaveCount(0);
  expect((await page.request.get(report)).status()).toBe(200);
});

/** A form's response: the status and the body's lines. */
function post(
  path: string,
  headers: Record<string, string | number>,
  body: Iterable<string>,
): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(address(path), { method: "POST", headers: { Origin: address(""), ...headers } });
    sent.once("response", async (response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve([response.statusCode ?? 0, Buffer.concat(chunks).toString()]);
    });
    sent.once("error", reject);
    for (const chunk of body) sent.write(chunk);
    sent.end();
  });
}

test("an endless form is refused in one line before it is read", async () => {
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  expect(await post("/r", { ...type, "Content-Length": 300_000_000 }, ["question=closure"])).toEqual([
    413,
    "a form may have 262,144 bytes at most\n",
  ]);
  expect((await post("/r", { ...type, "Transfer-Encoding": "chunked" }, ["question=closure"]))[0]).toBe(411);
});

test("another site's page makes this server ask no registry and no engine", async ({ request }) => {
  const headers = { "sec-fetch-site": "cross-site" };
  for (const path of ["/jobs/offer?q=127.0.0.1:1/app", "/jobs/weights?source=127.0.0.1:1/app", "/jobs/machine"])
    expect((await request.get(address(path), { headers })).status(), path).toBe(403);
});

test.describe("with a token", () => {
  const TOKEN = "geheimnis-ü-日本";
  let server: Awaited<ReturnType<typeof startProduct>>;
  test.beforeAll(async () => {
    server = await startProduct(["serve", "--json"], { STRATIGRAPH_TOKEN: TOKEN });
  });
  test.afterAll(() => server.stop());

  test("no cache may store a response", async ({ request }) => {
    const headers = { Cookie: `stratigraph_token=${encodeURIComponent(TOKEN)}` };
    for (const path of ["/", "/artifacts.csv", "/artifacts/sample-web/nodes.csv"]) {
      const response = await request.get(server.url + path, { headers });
      expect([response.status(), response.headers()["cache-control"]], path).toEqual([200, "private, no-store"]);
    }
  });

  test("a scan is queued and cancelled only with it", async ({ request }) => {
    const headers = { "sec-fetch-site": "same-origin" };
    const id = "00000000-0000-0000-0000-000000000000";
    const scan = await request.post(`${server.url}/jobs/scan`, { form: { source: "nginx" }, headers });
    const cancel = await request.post(`${server.url}/jobs/${id}/cancel`, { form: {}, headers });
    expect([scan.status(), cancel.status()]).toEqual([401, 401]);
    const stamp = { name: "web.tar", byteCount: "1024", modifiedAt: "1" };
    const asked = [
      await request.post(`${server.url}/uploads`, { form: stamp, headers }),
      await request.patch(`${server.url}/uploads/${"0".repeat(32)}`, { data: "x", headers }),
      await request.get(`${server.url}/jobs/offer?q=nginx`, { headers }),
      await request.get(`${server.url}/jobs/weights?source=nginx`, { headers }),
      await request.get(`${server.url}/jobs/machine`, { headers }),
    ];
    expect(asked.map((response) => response.status())).toEqual([401, 401, 401, 401, 401]);
  });

  test("a bearer token with non-ASCII characters is accepted", async () => {
    // As curl sends it: UTF-8 bytes, which Node reads as latin1.
    const bearer = Buffer.from(`Bearer ${TOKEN}`, "utf8").toString("latin1");
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(server.url, { headers: { Authorization: bearer } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once("error", reject).end();
    });
    expect(status).toBe(200);
  });

  test("the URL that sets the cookie redirects to this host only", async () => {
    const location = await new Promise((resolve, reject) => {
      const path = `/.//elsewhere.test/?token=${encodeURIComponent(TOKEN)}`;
      const sent = httpRequest(server.url, { path }, (response) => {
        response.resume();
        resolve(response.headers.location);
      });
      sent.once("error", reject).end();
    });
    expect(location).toBe("/elsewhere.test/");
  });
});
