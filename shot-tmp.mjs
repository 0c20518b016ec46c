import { chromium } from "@playwright/test";

const b = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const p = await b.newPage();
p.on("console", (m) => console.log("CONSOLE", m.type(), m.text().slice(0, 300)));
p.on("pageerror", (e) => console.log("PAGEERROR", e.message.slice(0, 300)));
for (const path of [
  "/",
  "/docs",
  "/artifacts/t-nginx",
  "/artifacts/t-nginx/graph",
  "/compare?a=m-base&b=t-nginx",
  "/compare",
  "/savings?in=m-base,m-lua",
  "/compare/graph?a=m-base&b=m-lua",
  "/nope",
]) {
  console.log(path);
  const r = await p.goto("http://127.0.0.1:3282" + path);
  await p.waitForLoadState("networkidle");
  console.log(r.status());
}
await p.goto("http://127.0.0.1:3282/");
await p.waitForLoadState("networkidle");
await p.keyboard.press("Control+k");
await p.waitForTimeout(500);
await p.keyboard.type("ssl");
await p.waitForTimeout(800);
console.log(await p.getByRole("dialog").count());
await p.keyboard.press("Escape");
await p.getByRole("button", { name: /Switch between/ }).click();
await p.waitForTimeout(300);
console.log(await p.evaluate(() => document.documentElement.className));
await p.getByRole("link", { name: "Savings" }).first().click();
await p.waitForTimeout(1000);
console.log(p.url());
await b.close();
