import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PageFailure } from "#lib/model/page-failure.ts";
import { orUnavailable } from "./or-unavailable.ts";

const failingWith = (error: Error) =>
  orUnavailable(async () => {
    throw error;
  });

describe("a route whose database fails", () => {
  it.each([
    [PageFailure.tooLong, "The database took too long to answer, and the query was cancelled.\n"],
    [PageFailure.unreachable, "The database could not be reached.\n"],
  ])("responds with one line and a time to retry: %s", async (digest, line) => {
    const response = await failingWith(Object.assign(new Error("secret detail"), { digest }))();
    expect([response.status, response.headers.get("retry-after"), await response.text()]).toEqual([503, "5", line]);
  });

  it("passes on all other errors, also those that Next.js throws for its own purposes", async () => {
    const notFound = Object.assign(new Error("404"), { digest: "NEXT_HTTP_ERROR_FALLBACK;404" });
    await expect(failingWith(notFound)()).rejects.toBe(notFound);
  });

  it("wraps every route of the product", () => {
    const files = globSync("app/**/route.ts", { cwd: new URL("../", import.meta.url) });
    const bare = files.filter((file) => {
      const text = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
      return (
        !/^export const [A-Z]+ = (?:orUnavailable|formRoute|ownRoute|lookupRoute)[(<]/m.test(text) ||
        /^export (?:async )?function/m.test(text)
      );
    });
    expect([files.length > 10, bare]).toEqual([true, []]);
  });
});
