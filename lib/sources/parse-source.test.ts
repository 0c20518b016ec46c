import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "#lib/model/problem.ts";
import { openEnvironment } from "./environment.ts";
import { parseSource, spellSource } from "./parse-source.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-source-"));
const access = { baseDir: folder, hasStdin: true, allowed: "all" } as const;
const environment = openEnvironment(access);
const FILES = [
  "image.tar",
  "odd:name.tar",
  "layout/oci-layout",
  "old-layout/index.json",
  "nix/nix/var/nix/db/db.sqlite",
  "guix/var/guix/db/db.sqlite",
  "nothing/README",
];

beforeAll(() => {
  for (const file of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(text: string, at = environment): UsageError {
  try {
    parseSource(text, at);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe("a source without a spelling", () => {
  it.each([
    ["image.tar", "docker-archive:image.tar"],
    ["image.tar:web", "docker-archive:image.tar:web"],
    ["odd:name.tar", "docker-archive:odd:name.tar"],
    ["-", "docker-archive:-"],
    ["layout", "oci:layout"],
    ["old-layout", "oci:old-layout"],
    ["nix", "nix-store:nix"],
    ["guix", "guix-store:guix"],
    ["oci:layout", "oci:layout"],
  ])("%s is read as %s", (text, spelled) => {
    expect(spellSource(text, environment)).toBe(spelled);
  });

  it.each(["nothing", "no-such.tar", "", ":x", "nginx:1.27", "x".repeat(5000)])(
    "%j: the error shows how sources are written",
    (text) => {
      const { message, candidates } = refusal(spellSource(text, environment));
      expect(message).toBe(`${text}: unknown source; expected one of`);
      expect(candidates).toContain("docker-archive:PATH[:NAME]");
    },
  );
});

describe("a misspelt transport", () => {
  it.each([
    ["docker-arhive:image.tar", "docker-archive:image.tar"],
    ["docker_archive:-", "docker-archive:-"],
    ["ocl:layout", "oci:layout"],
    ["oci-archiv:a.tar:web", "oci-archive:a.tar:web"],
    ["nix-sotre:", "nix-store:"],
    ["GUIX-store:/", "guix-store:/"],
  ])("%s: the error suggests the right one", (text, meant) => {
    expect(refusal(text).message).toBe(`${text}: did you mean ${meant}?`);
  });

  it("containers-storage:nginx: the error suggests the engine", () => {
    expect(refusal("containers-storage:nginx").message).toContain("did you mean docker-daemon:nginx?");
  });
});

describe("an incomplete source", () => {
  it.each(["docker-archive:", "oci:", "oci-archive:"])("%s is refused with its spelling", (text) => {
    const { message, candidates } = refusal(text);
    expect(message).toBe(`${text} is incomplete; expected`);
    expect(candidates[0]).toBe(`${text}${text === "oci:" ? "DIR" : "PATH"}[:NAME]`);
  });

  it.each(["nix-store:", "guix-store:"])("%s is the store of this machine", (text) => {
    expect(parseSource(text, environment).kind).toBe("store");
  });
});

describe("if only remote sources are allowed", () => {
  const remote = openEnvironment({ ...access, hasStdin: false, allowed: "remote" });

  it.each(["docker-archive:image.tar", "docker-archive:-", "oci:layout", "nix-store:"])("%s is refused", (text) => {
    expect(refusal(text, remote).message).toBe(`${text}: transport ${text.replace(/:.*/, "")} is not allowed here`);
  });
});

it("standard input is refused if the environment has none", async () => {
  const source = parseSource("docker-archive:-", environment);
  await expect(source.open(new AbortController().signal)).rejects.toThrow("no standard input");
});
