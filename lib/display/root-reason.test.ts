import { expect, it } from "vitest";
import { rootBadge } from "./root-reason.ts";

it("calls what nothing refers to top level, so that root means one thing on a store's page", () => {
  expect(rootBadge("unreferred")).toBe("top level");
  expect([rootBadge("collector"), rootBadge("named"), rootBadge(undefined)]).toEqual(["root", "root", "root"]);
});
