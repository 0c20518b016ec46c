import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** WCAG 2.2, level A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Rules outside that set, for problems that users notice: a label that differs from the visible text, a column without a name. */
const MORE_RULES = { "label-content-name-mismatch": { enabled: true }, "empty-table-header": { enabled: true } };

/** Fails with every rule that the page breaks, and the place. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  // Its other mode opens an empty page and loads itself there once more, to join the results of frames of other sites: ours have none.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly: { type: "tag", values: RULES }, rules: MORE_RULES })
    .analyze();
  const places = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`);
  expect(places).toEqual([]);
}
