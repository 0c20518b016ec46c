import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { verdictOf } from "#lib/model/rebase-answer.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { type DebSpec, DpkgRoot, hasDpkg } from "#testing/run/dpkg.ts";
import { textAt } from "./both-written.ts";
import { checkPackages } from "./check-packages.ts";
import type { CheckResult } from "./sides.ts";

it("counts the packages of pacman", async () => {
  const desc = "%NAME%\na\n\n%VERSION%\n1-1\n\n%ARCH%\nx86_64\n\n";
  const base = { layers: [[{ path: "var/lib/pacman/local/a-1-1/desc", body: desc }]] };
  const sides = await buildRebaseSides({ oldBase: base, newBase: base, image: { layers: [] } });
  expect(checkPackages(sides).scope).toMatch(/^1 package;/);
});

const STATUS = "var/lib/dpkg/status";

function mergedText(result: CheckResult, path: string): string | undefined {
  const file = result.merged.find((each) => each.path === path);
  return file?.kind === "file" ? Buffer.from(file.body).toString("latin1") : undefined;
}

describe.skipIf(!hasDpkg)("against dpkg, which installs the same packages on the new base", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const NAMES = ["libx", "libx-dev", "lib+y", "tool"] as const;
  const arbitraryDebs = fc.record(
    Object.fromEntries(NAMES.map((name) => [name, fc.integer({ min: 1, max: 3 })])) as Record<
      string,
      fc.Arbitrary<number>
    >,
    { requiredKeys: [] },
  );
  const toDebs = (versions: Readonly<Record<string, number | undefined>>): DebSpec[] =>
    Object.entries(versions).map(([name, version]) => {
      const extra = name === "tool" ? { [`usr/share/${name}/${version}`]: "" } : {};
      return { name, version: `1:${version}-1`, files: { [`usr/lib/${name}`]: `${name} ${version}`, ...extra } };
    });

  it("merges to the status that dpkg writes, or refuses", async () => {
    const seen = { merged: 0, blocked: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryDebs, arbitraryDebs, arbitraryDebs, async (old, next, above) => {
        fc.pre([old, next, above].every((versions) => Object.keys(versions).length > 0));
        // A package that is installed again leaves no trace in the layer.
        fc.pre(NAMES.every((name) => above[name] === undefined || above[name] !== old[name]));
        const base = new DpkgRoot(folder).install(...toDebs(old));
        const newer = new DpkgRoot(folder).install(...toDebs(next));
        const rebuilt = new DpkgRoot(folder, newer).install(...toDebs(above));
        const image = new DpkgRoot(folder, base).install(...toDebs(above));
        const sides = await buildRebaseSides({
          oldBase: { layers: [base.takeLayer()] },
          newBase: { layers: [newer.takeLayer()] },
          image: { layers: [image.takeLayer()] },
        });
        const result = checkPackages(sides);
        if (verdictOf(result.findings) === "rebuild") seen.blocked += 1;
        else {
          seen.merged += 1;
          expect(mergedText(result, STATUS) ?? textAt(sides.after, STATUS)).toBe(rebuilt.read(STATUS));
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect(seen.merged).toBeGreaterThan(0);
  }, 120_000);
});
