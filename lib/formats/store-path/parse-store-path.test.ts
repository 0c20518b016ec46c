import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_NAME_LENGTH, parseDrvName, parseStorePath, storePathName } from "./parse-store-path.ts";

const HASH = "0c5b6d8fglqwv3zr9a1n2m4p7sxyhkji";

describe("parseDrvName", () => {
  // The first five are the examples of the Nix manual (`builtins.parseDrvName`, `nix-env` "Selectors") and of its tests.
  test.each([
    ["nix-0.12pre12876", "nix", "0.12pre12876"],
    ["a-b-c-1234pre5+git", "a-b-c", "1234pre5+git"],
    ["hello", "hello", ""],
    ["hello-1.0.0", "hello", "1.0.0"],
    ["hello-a-1-b", "hello-a", "1-b"],
    ["gtk+3-3.24", "gtk+3", "3.24"],
    ["name-", "name-", ""],
    ["name--1", "name", "-1"],
    ["-1", "", "1"],
  ])("%s is %s at %s", (text, name, version) => {
    expect(parseDrvName(text)).toEqual({ name, version });
  });

  test("loses nothing of any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { name, version } = parseDrvName(text);
        expect([name, `${name}-${version}`]).toContain(text);
      }),
    );
  });
});

describe("parseStorePath", () => {
  test.each([
    ["bash-5.2p37", "bash", "5.2p37"],
    ["glib-2.80.0-dev", "glib-dev", "2.80.0"],
    ["glib-2.80.0-bin", "glib-bin", "2.80.0"],
    ["glib-dev", "glib-dev", ""],
    ["stdenv-linux", "stdenv-linux", ""],
    ["libc6-libgcc-s1-2.41-12+deb13u5", "libc6-libgcc-s1", "2.41-12+deb13u5"],
    ["ghc-9.4-beta", "ghc", "9.4-beta"],
    ["guile-3.0.7.tar.xz", "guile", "3.0.7.tar.xz"],
    ["hello-2.12.drv", "hello.drv", "2.12"],
    ["glib-2.80.0-dev.drv", "glib-dev.drv", "2.80.0"],
    ["builder.drv", "builder.drv", ""],
    ["stage-2-init.sh.drv", "stage-2-init.sh.drv", ""],
    ["stage-1-init.sh", "stage-1-init.sh", ""],
    ["firefox-128-unwrapped", "firefox", "128-unwrapped"],
  ])("distinguishes outputs and derivations from their siblings: %s", (baseName, name, version) => {
    const parsed = parseStorePath(`/nix/store/${HASH}-${baseName}`);
    expect(parsed).toMatchObject({ baseName, name, version, isDerivation: baseName.endsWith(".drv") });
  });

  test.each(["/nix/store", "/gnu/store", "/opt/me/a.b/store", "/s"])("knows the store directory %s", (storeDir) => {
    const path = `${storeDir}/${HASH}-x-1`;
    expect(parseStorePath(path)).toMatchObject({ path, storeDir, hashPart: HASH, baseName: "x-1" });
  });

  test.each([
    "",
    "/nix/store",
    `${HASH}-x`,
    `/${HASH}-x`,
    `nix/store/${HASH}-x`,
    `/nix/store/${HASH}`,
    `/nix/store/${HASH}-`,
    `/nix/store/${HASH}-x/bin`,
    `/nix/store/${HASH.replace("0", "e")}-x`,
    `/nix/store/${HASH.slice(1)}-x`,
    `/nix/store/${HASH.toUpperCase()}-x`,
    `/nix//store/${HASH}-x`,
    `/nix/store/${HASH}-x\n`,
    `/nix/store/${HASH}-x\0y`,
    `/nix/store/${HASH}-\u202egnp.exe`,
    `/nix/store/${HASH}-a b`,
  ])("refuses %j", (text) => {
    expect(parseStorePath(text)).toBeUndefined();
    expect(storePathName(text)).toBe(text);
  });

  test.each(["-1.0", "-1.0.drv", ".drv"])("gives %j a name, although Nix would split none off", (baseName) => {
    expect(parseStorePath(`/nix/store/${HASH}-${baseName}`)).toMatchObject({ name: baseName, version: "" });
  });

  test("limits the name's length like the stores", () => {
    expect(parseStorePath(`/nix/store/${HASH}-${"x".repeat(MAX_NAME_LENGTH)}`)).toBeDefined();
    expect(parseStorePath(`/nix/store/${HASH}-${"x".repeat(MAX_NAME_LENGTH + 1)}`)).toBeUndefined();
  });

  test("is fast on text made to be slow", () => {
    expect(parseStorePath(`${"/a".repeat(200_000)}//${HASH}-x`)).toBeUndefined();
    expect(parseDrvName("-a".repeat(200_000)).version).toBe("");
  });
});
