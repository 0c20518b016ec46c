import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdictOf } from "#lib/model/rebase-answer.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { toRebase } from "#testing/planted/planted-layers.ts";
import { DpkgRoot } from "#testing/run/dpkg.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { checkUsers } from "./check-users.ts";
import type { CheckResult } from "./sides.ts";

const ROOT = "root:x:0:0:root:/root:/bin/sh\n";
const WWW = "www-data:x:33:33::/var/www:/bin/false\n";
const GROUPS = "root:x:0:\nwww-data:x:33:\n";

function bodyOf({ merged }: CheckResult, path: string): string | undefined {
  const file = merged.find((each) => each.path === path);
  return file?.kind === "file" ? Buffer.from(file.body).toString() : undefined;
}

it("writes the accounts of both sides, with the image's attributes and the later time", async () => {
  const result = checkUsers(
    await buildRebaseSides(
      toRebase(
        { "etc/passwd": ROOT },
        { "etc/passwd": { body: `${ROOT}sshd:x:102:65534::/:/bin/false\n`, mtime: 9 } },
        { "etc/passwd": { body: `${ROOT}app:x:1000:0::/:/bin/sh\n`, mode: 0o640, gid: 4, mtime: 5 } },
      ),
    ),
  );
  expect(result.merged).toMatchObject([{ path: "etc/passwd", mode: 0o640, gid: 4, mtime: 9 }]);
  expect(bodyOf(result, "etc/passwd")).toBe(`${ROOT}sshd:x:102:65534::/:/bin/false\napp:x:1000:0::/:/bin/sh\n`);
  expect(result.findings).toMatchObject([
    { kind: "accounts-masked", evidence: "hides sshd of the new base", layer: 1 },
  ]);
  expect(result.scope).toBe("3 users and 0 groups; 1 account file written on both sides");
});

it("keeps the account, the password's record and the group that files of the image belong to", async () => {
  const shadow = "root:*:1::::::\n";
  const result = checkUsers(
    await buildRebaseSides(
      toRebase(
        { "etc/passwd": ROOT + WWW, "etc/group": GROUPS, "etc/shadow": `${shadow}www-data:*:1::::::\n` },
        { "etc/passwd": ROOT, "etc/group": "root:x:0:\n", "etc/shadow": shadow },
        { "srv/data": { body: "", uid: 33 } },
      ),
    ),
  );
  expect(bodyOf(result, "etc/passwd")).toBe(ROOT + WWW);
  expect(bodyOf(result, "etc/group")).toBe(GROUPS);
  expect(bodyOf(result, "etc/shadow")).toBe(`${shadow}www-data:*:1::::::\n`);
  expect(verdictOf(result.findings)).toBe("needs merge");
});

it("passes over the folders of the base that a layer lists as the way to its files", async () => {
  const folder = { type: "5", uid: 33 };
  const result = checkUsers(
    await buildRebaseSides(
      toRebase(
        { "etc/passwd": ROOT + WWW, "var/www/": folder },
        { "etc/passwd": ROOT + WWW.replace("33:33", "48:48") },
        { "var/www/": folder, "var/www/index.html": "" },
      ),
    ),
  );
  expect(result.findings).toEqual([]);
});

it("says that an unknown user was unknown before", async () => {
  const { findings, before } = checkUsers(
    await buildRebaseSides(toRebase({ "etc/passwd": ROOT }, { "etc/passwd": ROOT }, {}, { User: "app" })),
  );
  expect(findings).toEqual([]);
  expect(before).toMatchObject([{ kind: "user-unresolved", weight: "note", evidence: "User app: not in etc/passwd" }]);
});

const FILES = ["passwd", "group", "shadow", "gshadow"] as const;

it.skipIf(process.getuid?.() !== 0 || !areInstalled("useradd"))(
  "merges to what useradd writes on the new base",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
    try {
      const start = Object.fromEntries(FILES.map((file) => [`etc/${file}`, file === "group" ? GROUPS : ""]));
      const given = {
        ...start,
        "etc/passwd": ROOT + WWW,
        "etc/shadow": "root:*:1::::::\n",
        "etc/gshadow": "www-data:*::\n",
      };
      const base = new DpkgRoot(folder).write(given);
      const add = (root: DpkgRoot, ...args: readonly string[]) => {
        execFileSync("useradd", ["--prefix", root.root, "--system", ...args], { stdio: "pipe" });
        return root;
      };
      const addApp = (root: DpkgRoot) => add(root, "-u", "901", "-U", "-G", "www-data", "-s", "/bin/false", "app");
      const newer = add(new DpkgRoot(folder, base), "-u", "902", "-U", "-G", "www-data", "messagebus");
      const newLayer = [...base.takeLayer(), ...newer.takeLayer()];
      const rebuilt = addApp(new DpkgRoot(folder, newer));
      const oldLayer = new DpkgRoot(folder).write(given).takeLayer();
      const image = addApp(new DpkgRoot(folder, base));
      const result = checkUsers(
        await buildRebaseSides({
          oldBase: { layers: [oldLayer] },
          newBase: { layers: [newLayer] },
          image: { layers: [image.takeLayer()] },
        }),
      );
      expect(verdictOf(result.findings)).toBe("needs merge");
      for (const file of FILES) expect(bodyOf(result, `etc/${file}`)).toBe(rebuilt.read(`etc/${file}`));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

describe("on random accounts", () => {
  const NAMES = ["a", "b", "c"] as const;
  const arbitraryUsers = fc.record(
    Object.fromEntries(NAMES.map((name) => [name, fc.integer({ min: 1, max: 3 })])) as Record<
      string,
      fc.Arbitrary<number>
    >,
    { requiredKeys: [] },
  );
  type Users = Readonly<Record<string, number | undefined>>;
  const toPasswd = (users: Users) =>
    Object.entries(users)
      .map(([name, uid]) => `${name}:x:${uid}:0::/:\n`)
      .join("");
  const nameOf = (users: Users, uid: number) => new Set(NAMES.filter((name) => users[name] === uid));

  /** By the definition: who owned the file, and who would. */
  it("blocks if a file would belong to another name, or its owner has another number", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryUsers, arbitraryUsers, fc.integer({ min: 1, max: 3 }), async (old, next, uid) => {
        const rebase = toRebase({ "etc/passwd": toPasswd(old) }, { "etc/passwd": toPasswd(next) }, { f: { uid } });
        const result = checkUsers(await buildRebaseSides(rebase));
        const [before, after] = [nameOf(old, uid), nameOf(next, uid)];
        const hasOthers = before.size > 0 && [...after].some((name) => !before.has(name));
        const hasMoved = after.size === 0 && [...before].some((name) => next[name] !== undefined);
        expect(verdictOf(result.findings) === "rebuild").toBe(hasOthers || hasMoved);
        // Whoever is only gone is kept.
        const kept = bodyOf(result, "etc/passwd") ?? toPasswd(next);
        for (const name of hasOthers || hasMoved || after.size > 0 ? [] : before)
          expect(kept).toContain(`${name}:x:${uid}:`);
      }),
      { numRuns: 150 },
    );
  });
});
