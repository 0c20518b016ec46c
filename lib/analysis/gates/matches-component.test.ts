import fc from "fast-check";
import { expect, it } from "vitest";
import type { HeldComponent } from "#lib/model/holding.ts";
import { countDuplicateVersions } from "./count-duplicates.ts";
import { matchesComponent, matchesText } from "./matches-component.ts";

const component = (id: string, name: string, version: string, kind: HeldComponent["kind"] = "npm"): HeldComponent => {
  return { id, name, version, kind, componentId: 1, instancePath: "", selfSize: 1 };
};
const openssl = component("pkg:deb/debian/openssl@3.0.11-1?arch=amd64&distro=debian-12", "openssl", "3.0.11-1", "deb");
const scoped = component("pkg:npm/%40babel/core@7.1.0#usr/lib/node_modules/@babel/core", "@babel/core", "7.1.0");
const item = component("/nix/store/abc-bash-5.2", "bash", "5.2", "store");

it.each<[HeldComponent, string, boolean]>([
  [openssl, "openssl", true],
  [openssl, "openss", false],
  [openssl, "open*", true],
  [openssl, "openssl@3.0.11-1", true],
  [openssl, "openssl@3.0.*", true],
  [openssl, "openssl@1.*", false],
  [openssl, "pkg:deb/debian/openssl", true],
  [openssl, "pkg:deb/debian/openss", false],
  [openssl, "pkg:deb/debian/openssl@3.0.11-1", true],
  [openssl, "pkg:deb/debian/openssl@3.0.11", false],
  [openssl, openssl.id, true],
  [openssl, "pkg:deb/*", true],
  [openssl, "pkg:apk/*", false],
  [scoped, "@babel/core", true],
  [scoped, "@babel/*", true],
  [scoped, "@babel/core@7.*", true],
  [scoped, "core", false],
  [scoped, "pkg:npm/%40babel/core", true],
  [scoped, "pkg:npm/%40babel/core@7.1.0", true],
  [item, "/nix/store/*-bash-*", true],
  [item, "/nix/store/abc-bash-5.2", true],
  [item, "bash@5.2", true],
])("%o matches %s: %s", (each, pattern, expected) => {
  expect(matchesComponent(each, pattern)).toBe(expected);
});

it("matches like the regular expression of the pattern", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 });
  fc.assert(
    fc.property(letters, patterns, (text, pattern) => {
      expect(matchesText(text, pattern)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(text));
    }),
    { numRuns: 2000 },
  );
});

it("counts the versions of a name beyond the first, within its kind, and not those of unowned files", () => {
  const components = [
    component("1", "debug", "1"),
    component("2", "debug", "2"),
    component("3", "debug", "2"),
    component("4", "debug", "3"),
    component("5", "debug", "9", "deb"),
    component("6", "unowned", "sha256:a", "unowned"),
    component("7", "unowned", "sha256:b", "unowned"),
  ];
  expect(countDuplicateVersions(components)).toBe(2);
});
