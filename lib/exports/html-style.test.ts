import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { SCRIPT, SCRIPT_HASH } from "./html-style.ts";

it("allows the script in the file, and no other", () => {
  expect(SCRIPT_HASH).toBe(`sha256-${createHash("sha256").update(SCRIPT).digest("base64")}`);
});
