import type { Page, Response } from "@playwright/test";
import { address } from "./address.ts";

 */
export async function openPage(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(address(path));
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll("button, input, select")];
    return controls.every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps$")));
  });
  // Effects run after the commit that set the properties.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return response;
}
