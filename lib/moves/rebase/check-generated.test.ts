import { describe, expect, it } from "vitest";
import { parseLdSoCache } from "#lib/formats/ld-so-cache/index.ts";
import { verdictOf } from "#lib/model/rebase-answer.ts";
import { bundle, HARMLESS_GENERATED, PLANTED_GENERATED } from "#testing/builders/planted/generated.ts";
import { buildRebaseSides, type TestRebase } from "#testing/builders/rebase-sides.ts";
import { checkGenerated } from "./check-generated.ts";

async function check(rebase: TestRebase) {
  return checkGenerated(await buildRebaseSides(rebase));
}

async function checkPlanted(path: string) {
  return check(PLANTED_GENERATED.find((fault) => fault.path === path)!.rebase);
}

describe("generated files on another base", () => {
  it.each(PLANTED_GENERATED)("are found at fault: $name", async ({ rebase, kind, path }) => {
    const { findings } = await check(rebase);
    expect(findings.map((found) => [found.kind, found.path])).toContainEqual([kind, path]);
    expect(verdictOf(findings)).not.toBe("safe");
  });

  it.each(HARMLESS_GENERATED)("are not: $name", async ({ rebase }) => {
    const { findings, merged } = await check(rebase);
    expect(verdictOf(findings)).toBe("safe");
    expect(merged).toEqual([]);
  });
});

it("a merged bundle has the new base's certificates, then those that the image added", async () => {
  const path = "etc/ssl/certs/ca-certificates.crt";
  const { merged, findings } = await checkPlanted(path);
  expect(merged).toMatchObject([{ kind: "file", path, mode: 0o755, body: Buffer.from(bundle("ACX")) }]);
  expect(findings[0]?.evidence).toBe("lacks 1 of the new base, keeps 1 that it withdrew");
});

it("a merged cache of the linker lists the libraries of the new base and of the image", async () => {
  const { merged, findings } = await checkPlanted("etc/ld.so.cache");
  const [file] = merged;
  const { value } = parseLdSoCache(file?.kind === "file" ? file.body : new Uint8Array());
  expect(value?.entries.map(({ name }) => name)).toEqual(["libssl.so.3", "libapp.so.1"]);
  expect(value?.generator).toBe("ldconfig (test) 2.41");
  expect(findings[0]?.evidence).toBe("lacks 1 library, lists 1 that is not there");
});

it("byte code that Python would not see to be old is removed", async () => {
  const path = "usr/lib/python3.13/__pycache__/os.cpython-313.pyc";
  expect((await checkPlanted(path)).merged).toEqual([{ kind: "whiteout", path }]);
});
