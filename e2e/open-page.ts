import type { Page, Response } from "@playwright/test";
import { address } from "./address.ts";

/**
 * Opens a page of the server under test and waits until its controls answer. What a person does before React has taken
 * a server-rendered page over is lost with any framework; a spec that races it fails one time in a hundred.
 */
export async function openPage(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(address(path));
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll("button, input, select")];
    return controls.every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps$")));
  });
  // Effects run after the commit that named the properties.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return response;
}
