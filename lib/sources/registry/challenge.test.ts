import fc from "fast-check";
import { expect, it } from "vitest";
import { parseChallenges } from "./challenge.ts";

it("reads a bearer challenge with quoted parameters", () => {
  const header = 'Bearer realm="https://auth.example/token",service="r.example",scope="repository:a/b:pull,push"';
  expect(parseChallenges(header)).toEqual([
    {
      scheme: "bearer",
      parameters: { realm: "https://auth.example/token", service: "r.example", scope: "repository:a/b:pull,push" },
    },
  ]);
});

it("reads several challenges in one header", () => {
  expect(parseChallenges('Basic realm="a \\"b\\"", Bearer realm=x, error="invalid_token"')).toEqual([
    { scheme: "basic", parameters: { realm: 'a "b"' } },
    { scheme: "bearer", parameters: { realm: "x", error: "invalid_token" } },
  ]);
});

it("reads anything in linear time, and finds at most what is there", () => {
  fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => parseChallenges(text).length <= text.length));
  expect(parseChallenges(`Bearer ${'a="'.repeat(100_000)}`).length).toBeLessThan(8192);
});
