import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Digest } from "#lib/model/digest.ts";
import { verdictOf } from "#lib/model/rebase-answer.ts";
import { toRebase } from "#testing/builders/planted/planted-rebase.ts";
import { capability, HARMLESS_RIGHTS, PLANTED_RIGHTS } from "#testing/builders/planted/rights.ts";
import { buildRebaseSides, type TestRebase } from "#testing/builders/rebase-sides.ts";
import { checkRights } from "./check-rights.ts";
import { formatCapabilities } from "./rights/capabilities.ts";

async function check(rebase: TestRebase) {
  return checkRights(await buildRebaseSides(rebase));
}

describe("rights on another base", () => {
  it.each(PLANTED_RIGHTS)("are found at fault: $name", async ({ rebase, kind, path }) => {
    const { findings } = await check(rebase);
    expect(findings.map((found) => [found.kind, found.path])).toEqual([[kind, path]]);
    expect(verdictOf(findings)).toBe("rebuild");
  });

  it.each(HARMLESS_RIGHTS)("are not: $name", async ({ rebase }) => {
    expect((await check(rebase)).findings).toEqual([]);
  });
});

it("says which rights each side gives", async () => {
  const { rebase } = PLANTED_RIGHTS.find(({ name }) => name.startsWith("a capability takes"))!;
  expect((await check(rebase)).findings[0]).toMatchObject({
    layer: 1,
    evidence: "setuid 0; old base: setuid 0; new base: cap_net_raw=ep",
    message: "usr/bin/ping would run with setuid 0, and the new base gives it cap_net_raw=ep.",
  });
});

it("lists what was said of the old digest, which speaks against no rebase", async () => {
  const digest = `sha256:${"c".repeat(64)}` as Digest;
  const rebase = toRebase({}, { "etc/issue": "13" }, { "srv/app": "a" });
  const type = "https://spdx.dev/Document";
  const attachments = [{ kind: "sbom", type, digest, byteCount: 1, source: "" }] as const;
  const about = {
    attached: { attachments, baseClaims: [], faults: [] },
    signatures: [{ type: "application/vnd.dev.cosign.artifact.sig.v1+json", digest }],
  };
  const { findings, scope } = await check({ ...rebase, image: { ...rebase.image, about } });
  expect(findings.map(({ kind, weight, evidence }) => [kind, weight, evidence])).toEqual([
    ["signature-void", "note", `signature ${digest} (application/vnd.dev.cosign.artifact.sig.v1+json)`],
    ["signature-void", "note", `SBOM ${digest} (${type})`],
  ]);
  expect(scope).toBe("2 attachments of the old digest, 2 layers of at most 127");
});

it("leaves an image with too many layers to itself, since the rebase does not change that", async () => {
  const layers = Array.from({ length: 130 }, (_, i) => [{ path: `a/${i}`, body: "" }]);
  const { findings, before } = await check({
    oldBase: { layers: [[]] },
    newBase: { layers: [[{ path: "b", body: "" }]] },
    image: { layers },
  });
  expect([findings.length, before.length]).toEqual([0, 1]);
});

const canSetCapabilities = process.getuid?.() === 0 && spawnSync("setcap", ["-h"]).error === undefined;

it.skipIf(!canSetCapabilities)("names capabilities as getcap does", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-getcap-"));
  try {
    for (const [name, bits] of [
      ["one", [13]],
      ["two", [12, 13]],
      ["beyond 32", [21, 38, 40]],
    ] as const) {
      const file = join(folder, name);
      writeFileSync(file, "");
      const [value] = Object.values(capability(...bits));
      const text = formatCapabilities(Buffer.from(value!).toString("latin1"));
      expect(spawnSync("setcap", [text, file], { encoding: "utf8" }).stderr).toBe("");
      expect(spawnSync("getcap", [file], { encoding: "utf8" }).stdout).toBe(`${file} ${text}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
