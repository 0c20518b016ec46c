import { expect, type Locator, type Page, test } from "@playwright/test";
import { openPage } from "./open-page.ts";

// What people come for, each done with the keyboard alone and again with the mouse.

/** How a task is done: `follow` acts on what it is given, with nothing but the keyboard, or nothing but the mouse. */
interface Hand {
  readonly name: "keyboard" | "mouse";
  readonly follow: (page: Page, target: Locator) => Promise<void>;
}

/** Stops of the Tab key after which a control counts as out of reach. */
const MAX_STOPS = 200;

async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  for (let i = 0; i < MAX_STOPS; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not reach it");
}

const HANDS: readonly Hand[] = [
  {
    name: "keyboard",
    follow: async (page, target) => {
      await tabTo(page, target);
      await page.keyboard.press("Enter");
    },
  },
  { name: "mouse", follow: async (_page, target) => target.click() },
];

/** Types into the palette, which the keyboard opens by its shortcut and the mouse by its button. */
async function search(page: Page, { name }: Hand, text: string): Promise<Locator> {
  if (name === "keyboard") await page.keyboard.press("Control+k");
  else await page.getByRole("button", { name: "Search" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(text);
  await expect(dialog.getByRole("option").first()).toContainText(text);
  return dialog;
}

for (const hand of HANDS) {
  test.describe(`with the ${hand.name} alone`, () => {
    test("who keeps this library in?", async ({ page }) => {
      await openPage(page, "/");
      const dialog = await search(page, hand, "scheduler");
      if (hand.name === "keyboard") await page.keyboard.press("Enter");
      else
        await dialog
          .getByRole("option", { name: /^scheduler/ })
          .first()
          .click();
      await expect(page).toHaveURL(/\/why\//);
      await expect(page.getByRole("heading", { level: 1 })).toContainText("scheduler");
      await expect(page.getByRole("main")).toContainText("react-dom");
    });

    test("which images hold this file?", async ({ page }) => {
      await openPage(page, "/");
      const dialog = await search(page, hand, "package.json");
      if (hand.name === "keyboard") await page.keyboard.press("Tab");
      else await dialog.getByRole("option").first().getByText("2 artifacts").click();
      await expect(dialog.getByRole("option")).toHaveText([/^sample-api/, /^sample-web/]);
    });

    test("open the layer that added it", async ({ page }) => {
      await openPage(page, "/artifacts/sample-web/graph?view=overview");
      const box = page.getByTestId("overview").getByRole("button", { name: /^scheduler / });
      if (hand.name === "mouse") await box.click();
      else {
        await box.focus();
        await page.keyboard.press("Enter");
      }
      await hand.follow(page, page.getByRole("link", { name: "Open the layer that added it" }));
      await expect(page).toHaveURL(/\/layers\/\d+/);
      await expect(page.getByRole("region", { name: "Files of the layer" })).toContainText("scheduler");
    });

    test("what does this file say?", async ({ page }) => {
      await openPage(page, "/");
      const dialog = await search(page, hand, "/app/package.json");
      if (hand.name === "keyboard") await page.keyboard.press("Enter");
      else await dialog.getByRole("option").first().click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("package.json");
      await expect(page.getByRole("main")).toContainText("dependencies");
    });

    test("what do I save by removing it?", async ({ page }) => {
      await openPage(page, "/artifacts/sample-web");
      if (hand.name === "keyboard") await page.keyboard.press("r");
      else await page.getByRole("link", { name: "Remove", exact: true }).click();
      await expect(page).toHaveURL(/\/remove$/);
      await expect(page.getByRole("heading", { name: "What can go" })).toBeVisible();
      await expect(page.getByRole("main")).toContainText(/\d (KiB|MiB)/);
    });

    test("what changed between these two?", async ({ page }) => {
      await openPage(page, "/artifacts/sample-api");
      if (hand.name === "keyboard") await page.keyboard.press("c");
      else await page.getByRole("link", { name: "Compare with…" }).click();
      await expect(page).toHaveURL(/\/compare\?a=/);
      const other = page.getByRole("option", { name: /sample-web/ }).last();
      if (hand.name === "mouse") await other.click();
      else {
        await tabTo(page, page.getByRole("combobox"));
        await page.keyboard.type("sample-web");
        await expect(other).toBeVisible();
        await page.keyboard.press("Enter");
      }
      await expect(page.getByRole("button", { name: "Remove sample-web" })).toBeVisible();
      await hand.follow(page, page.getByRole("button", { name: "Compare 2" }));
      await expect(page.getByRole("heading", { level: 1 })).toContainText("sample-web");
    });

    test("which component is largest?", async ({ page }) => {
      await openPage(page, "/artifacts/sample-web");
      const table = page.getByRole("region", { name: "Components" });
      await hand.follow(page, table.getByRole("link", { name: "Sort by Self" }));
      await expect(page).toHaveURL(/sort=self&direction=desc/);
      const sizes = await table
        .locator("tbody td:nth-child(2) data")
        .evaluateAll((all) => all.map((each) => Number(each.getAttribute("value"))));
      expect(sizes[0]).toBe(Math.max(...sizes));
    });

    test("the digest of a layer, please", async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await openPage(page, "/artifacts/sample-web");
      await hand.follow(page, page.getByRole("button", { name: /copy DiffID/ }).first());
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^sha256:[0-9a-f]{64}$/);
    });

    test("share a report", async ({ page }) => {
      await openPage(page, "/compare?a=sample-api&b=sample-web");
      await hand.follow(page, page.getByRole("button", { name: "Share" }));
      await expect(page).toHaveURL(/\/r\/[a-z2-7]{24}$/);
      await expect(page.getByText("It does not change")).toBeVisible();
    });

    test("find a node in the graph, and come back", async ({ page }) => {
      await openPage(page, "/artifacts/sample-web/graph");
      const field = page.getByRole("searchbox", { name: "Find a node" });
      if (hand.name === "keyboard") await page.keyboard.press("/");
      else await field.click();
      await expect(field).toBeFocused();
      await page.keyboard.type("react-dom");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("region", { name: "Node react-dom" })).toBeVisible();
      await page.goBack();
      if (await page.getByRole("region", { name: "Node react-dom" }).isVisible()) await page.goBack();
      await expect(page.getByRole("region", { name: "Node react-dom" })).toBeHidden();
    });
  });
}
