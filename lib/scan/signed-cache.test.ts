import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Signed {
  readonly signature?: { readonly status: string; readonly keyName?: string };
}
interface Closure {
  readonly nodes: readonly (Signed & { readonly id: string; readonly downloadSize?: number })[];
}
interface Shown {
  readonly signatures?: object;
  readonly downloadSize?: number;
}
interface ScanReport {
  readonly artifacts: readonly { readonly digest: string; readonly known: boolean }[];
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly path: string }[];
}

const cache = sharedData("nix/cache-xz");
const OTHER_KEY = `other-1:${Buffer.alloc(32, 1).toString("base64")}`;
const WRONG_KEY = `corpus-test-1:${Buffer.alloc(32, 1).toString("base64")}`;

describe.skipIf(cache === undefined)("the signatures of a cache's paths", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const key = cache === undefined ? "" : readFileSync(sharedData("nix/cache.pub")!, "utf8").trim();
  const source = `nix-cache:${cache}#2gywj485ximfkmbd1c55cnv4w04d54v6`;
  const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
  const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const statuses = async () => {
    const { nodes } = await json<Closure>("closure", "base");
    return [...new Set(nodes.map(({ signature }) => `${signature?.status} ${signature?.keyName ?? ""}`))];
  };

  it("are not judged without a key, and say so", async () => {
    await json("scan", source, "--name", "base");
    expect(await statuses()).toEqual(["no-key "]);
    const { signatures, downloadSize } = await json<Shown>("show", "base");
    expect(signatures).toEqual({ items: 7, verified: {}, wrong: 0, noKey: 7, unsigned: 0 });
    expect(downloadSize).toBeGreaterThan(0);
    expect((await run("show", "base")).stdout).toMatch(/signatures +7 by other keys/);
  });

  it("are verified with the cache's key, on the command line or in a nix.conf", async () => {
    const conf = join(folder, "nix.conf");
    writeFileSync(conf, `trusted-public-keys = ${key} ${OTHER_KEY}\n`);
    for (const options of [
      ["--trusted-key", key, "--trusted-key", OTHER_KEY],
      ["--nix-conf", conf],
    ]) {
      const { stderr, status } = await run("scan", source, "--name", "base", ...options);
      expect([status, stderr]).toEqual([
        0,
        expect.stringContaining("7 of 7 paths signed by corpus-test-1, 0 of 7 paths signed by other-1"),
      ]);
      expect(await statuses()).toEqual(["verified corpus-test-1"]);
    }
    expect((await run("closure", "base")).stdout).toContain("verified: corpus-test-1");
    expect((await run("show", "base")).stdout).toMatch(/signatures +7 of 7 paths signed by corpus-test-1/);
  });

  it("stay verified when the closure is scanned again without a key", async () => {
    await json("scan", source, "--name", "base");
    expect(await statuses()).toEqual(["verified corpus-test-1"]);
  });

  it("are warned of, path by path, if a key of that name does not verify them", async () => {
    const { artifacts, problems } = await json<ScanReport>(
      "scan",
      source,
      "--name",
      "base",
      "--trusted-key",
      WRONG_KEY,
    );
    expect(artifacts).toMatchObject([{ known: true }]);
    expect(problems).toHaveLength(7);
    expect(new Set(problems.map(({ code, severity }) => `${code} ${severity}`))).toEqual(
      new Set(["bad-signature warning"]),
    );
    expect(new Set(problems.map(({ path }) => path)).size).toBe(7);
    expect(await statuses()).toEqual(["wrong corpus-test-1"]);
    expect((await json<Shown>("show", "base")).signatures).toMatchObject({ items: 7, wrong: 7 });
  });

  it("are wrong for a path whose narinfo was changed, and missing for one without", async () => {
    const copy = join(folder, "copy");
    mkdirSync(copy);
    for (const name of readdirSync(cache!))
      if (name.endsWith(".narinfo")) writeFileSync(join(copy, name), readFileSync(join(cache!, name)));
    const edit = (hash: string, change: (text: string) => string) => {
      const file = join(copy, `${hash}.narinfo`);
      writeFileSync(file, change(readFileSync(file, "utf8")));
    };
    edit("1jq9a49grsj5wzb5ibw7ask4v8hq6l47", (text) => text.replace("NarSize: 25088", "NarSize: 25089"));
    edit("2gywj485ximfkmbd1c55cnv4w04d54v6", (text) => text.replace(/^Sig: .*\n/m, ""));
    const { problems } = await json<ScanReport>(
      "scan",
      `nix-cache:${copy}#2gywj485ximfkmbd1c55cnv4w04d54v6`,
      "--name",
      "copy",
      "--trusted-key",
      key,
    );
    const { signatures } = await json<Shown>("show", "copy");
    expect(signatures).toEqual({ items: 7, verified: { "corpus-test-1": 5 }, wrong: 1, noKey: 0, unsigned: 1 });
    expect(problems).toMatchObject([{ code: "bad-signature", path: expect.stringContaining("-netbase-6.5") }]);
  });

  it("need keys that are keys, before anything is scanned", async () => {
    const wrong = await run("scan", source, "--trusted-key", "nonsense");
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("nonsense is not a public key")]);
    expect((await run("scan", source, "--nix-conf", join(folder, "missing.conf"))).status).toBe(4);
    writeFileSync(join(folder, "empty.conf"), "");
    expect((await run("scan", source, "--nix-conf", join(folder, "empty.conf"))).status).toBe(2);
  });
});
