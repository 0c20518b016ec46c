import { describe, expect, it } from "vitest";
import { formatReference, parseReference } from "./reference.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;

describe("a reference", () => {
  it.each([
    ["//localhost:5000/shop/app:1.0", { kind: "image", host: "localhost:5000", repository: "shop/app", tag: "1.0" }],
    ["//ghcr.example/a/b", { kind: "image", host: "ghcr.example", repository: "a/b", tag: "latest" }],
    [`//[::1]:5000/a@${DIGEST}`, { kind: "image", host: "[::1]:5000", repository: "a", digest: DIGEST }],
    [`//h.example/a:1@${DIGEST}`, { kind: "image", host: "h.example", repository: "a", digest: DIGEST }],
    ["//debian:trixie", { kind: "image", host: "docker.io", repository: "library/debian", tag: "trixie" }],
    ["//grafana/loki", { kind: "image", host: "docker.io", repository: "grafana/loki", tag: "latest" }],
    ["//h.example/a/b:*", { kind: "tags", host: "h.example", repository: "a/b" }],
    ["//h.example/team-*", { kind: "repositories", host: "h.example", prefix: "team-" }],
    ["//h.example/", { kind: "repositories", host: "h.example", prefix: "" }],
  ])("%s", (text, expected) => expect(parseReference(text)).toEqual(expected));

  it.each([
    "//h.example/Shop",
    "//h.example/a/../b",
    "//h.example/a:b:c",
    "//a b.example/x",
    "//h.example/a@sha256:12",
    "//h.example/a?b",
  ])("%s is none", (text) => expect(() => parseReference(text)).toThrow(/docker:/));

  it("is named as engines name the image", () => {
    expect(formatReference({ host: "docker.io", repository: "library/debian" }, ":trixie")).toBe("debian:trixie");
    expect(formatReference({ host: "h.example", repository: "a/b" }, ":1")).toBe("h.example/a/b:1");
    // Without the host it would be an image of another registry.
    expect(formatReference({ host: "docker.io", repository: "h.example/a" }, ":1")).toBe("docker.io/h.example/a:1");
  });
});
