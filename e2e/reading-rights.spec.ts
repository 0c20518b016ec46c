import { type APIRequestContext, expect, test } from "@playwright/test";
import { startProduct } from "./start-server.ts";

// Who may open what on a server that others reach: a report's address works for whoever has it, everything else wants the token.

const TOKEN = "open sesame";
const HOST = "strata.example.org";
let server: Awaited<ReturnType<typeof startProduct>>;

test.beforeAll(async () => {
  // Others reach it through a proxy, which passes its own name on.
  server = await startProduct(["serve", "--json"], {
    STRATIGRAPH_TOKEN: TOKEN,
    STRATIGRAPH_URL: `https://${HOST}`,
  });
});
test.afterAll(() => server.stop());

/** The path of a new report, made by whoever has the token. */
async function makeReport(request: APIRequestContext): Promise<string> {
  const headers = { Authorization: `Bearer ${TOKEN}`, "sec-fetch-site": "same-origin" };
  const form = { question: "diff", in: "sample-web,sample-api" };
  const made = await request.post(`${server.url}/r`, { form, headers, maxRedirects: 0 });
  expect(made.status()).toBe(303);
  return made.headers().location!;
}

test("a report, its picture and its files open for everybody, and nothing else", async ({ page, request }) => {
  const path = await makeReport(request);
  expect(path).toMatch(/^\/r\/[a-z2-7]{24}$/);
  const failed: string[] = [];
  page.on("response", (response) => response.status() >= 400 && failed.push(response.url()));
  await page.goto(server.url + path);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("sample-web");
  await expect(page.getByRole("link", { name: "HTML" })).toBeVisible();
  await expect(page.getByText("Title, note, delete")).toBeHidden();
  await expect(page.getByRole("link", { name: "Compare" })).toHaveCount(0);
  await page.waitForLoadState("networkidle");
  expect(failed, "the page asks for nothing that is refused").toEqual([]);
  const picture = await page.locator('meta[property="og:image"]').getAttribute("content");
  expect(picture).toContain(`https://${HOST}${path}/opengraph-image`);
  const opened = [new URL(picture!).pathname, ...["html", "md", "csv", "json"].map((each) => `${path}/export/${each}`)];
  for (const each of opened) expect((await request.get(server.url + each)).status(), each).toBe(200);
  for (const each of ["/", "/reports", "/artifacts.csv", "/jobs/events", "/search?q=a"])
    expect((await request.get(server.url + each)).status(), each).toBe(401);
});

test("exports and shared links have the address that others use", async ({ request }) => {
  const path = await makeReport(request);
  const markdown = await (await request.get(`${server.url}${path}/export/md`)).text();
  expect(markdown).toContain(`https://${HOST}${path}`);
});

test("the proxy's name is answered to, and no other", async ({ request }) => {
  const statusOf = async (name: string) =>
    (await request.get(`${server.url}/docs`, { headers: { Host: name } })).status();
  expect([await statusOf(HOST), await statusOf("elsewhere.example.org")]).toEqual([401, 421]);
});

test("a person is asked for the token, and comes to the page that they wanted", async ({ page }) => {
  await page.goto(`${server.url}/compare?a=sample-web&b=sample-api`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This needs the server’s token");
  await page.getByLabel("Token").fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("That is not the token of this server.");
  await page.getByLabel("Token").fill(TOKEN);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${server.url}/compare?a=sample-web&b=sample-api`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("sample-web");
});

test("who may only read is offered nothing that writes", async ({ page }) => {
  const open = await startProduct(["serve", "--json"], { STRATIGRAPH_TOKEN: TOKEN, STRATIGRAPH_READ: "open" });
  try {
    await page.goto(open.url);
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Scan…" })).toBeHidden();
    await page.keyboard.press("s");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("/contents") && asked.push(request.url()));
    await page.goto(`${open.url}/artifacts/sample-web/file?path=/app/package.json`);
    await expect(page.getByText("only with the server's token are sources opened")).toBeVisible();
    expect(asked, "no source is opened").toEqual([]);
    const contents = await page.request.get(`${open.url}/contents?artifact=sample-web&path=/app/package.json`);
    expect(contents.status()).toBe(401);
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Token").fill(TOKEN);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Scan…" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Sign in" })).toHaveCount(0);
  } finally {
    await open.stop();
  }
});
