import type { Page, Response } from "@playwright/test";
import { address } from "./address.ts";

/**
 * Opens a page of the server under test and waits until its controls respond. With any framework, actions before React has taken
 * over a server-rendered page are lost; a spec that does not wait fails one time in a hundred.
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
