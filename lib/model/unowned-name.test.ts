import { expect, it } from "vitest";
import { unownedName } from "./unowned-name.ts";

it("names files without a package by their layer's step", () => {
  expect(unownedName({ position: 3, createdBy: "RUN /bin/sh -c npm  ci # buildkit" })).toBe("layer 3: npm ci");
  expect(unownedName({ position: 0, createdBy: "" })).toBe("layer 0");
  expect(unownedName({ position: 1, createdBy: `RUN ${"x".repeat(200)}` }).length).toBeLessThan(80);
});
