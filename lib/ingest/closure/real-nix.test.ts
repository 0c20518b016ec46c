import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "#lib/sources/store/index.ts";
import { findLivePaths } from "#testing/oracles/live-paths.ts";
import { ingestStore } from "./ingest-store.ts";

const hasNix = spawnSync("nix-store", ["--version"]).status === 0;

// Each output names its dependencies and itself; a derivation under `builtins.toFile` also has a source.
const EXPRESSION = `
  let make = name: dependencies: derivation {
        inherit name;
        system = builtins.currentSystem;
        builder = "/bin/sh";
        args = [ "-c" "echo \${toString dependencies} $out > $out" ];
        source = builtins.toFile "source-\${name}" name;
      };
      hub = make "hub-1.0" [ ];
      low = make "low-2.0-dev" [ hub ];
  in {
    app = make "app-3.1" [ low hub ];
    old = make "app-3.0" [ hub ];
    dead = make "dead-1" [ low ];
  }`;

describe.skipIf(!hasNix)("a store that Nix creates now (needs nix-store on the PATH)", () => {
  let root: string;
  let environment: NodeJS.ProcessEnv;
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] }).toString();
  const build = (attribute: string, ...args: string[]) =>
    run("nix-build", join(root, "store.nix"), "-A", attribute, ...args).trim();
  const open = () => openStore({ rootDir: root, flavour: "nix" });
  const ingest = (roots: string[] = []) =>
    ingestStore({ source: "nix-store:ROOT", open, roots, computeLive: findLivePaths });

  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "real-nix-")));
    environment = {
      ...process.env,
      HOME: join(root, "home"),
      NIX_REMOTE: "local",
      NIX_STORE_DIR: join(root, "nix/store"),
      NIX_STATE_DIR: join(root, "nix/var/nix"),
      NIX_LOG_DIR: join(root, "nix/var/log"),
      NIX_CONF_DIR: join(root, "etc"),
      NIX_CONFIG:
        "sandbox = false\nfilter-syscalls = false\nbuild-users-group =\nsubstituters =\nextra-experimental-features = nix-command",
    };
    mkdirSync(join(root, "home"));
    writeFileSync(join(root, "store.nix"), EXPRESSION);
    build("app", "-o", join(root, "home/result"));
    run("nix-env", "-p", join(root, "nix/var/nix/profiles/me"), "--set", build("old", "--no-out-link"));
    build("dead", "--no-out-link");
    run("nix-store", "--add", join(root, "store.nix"));
    symlinkSync("/nowhere", join(root, "nix/var/nix/gcroots/broken"));
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("its dead paths are those of `nix-store --gc --print-dead`", async () => {
    const { graph, rootsKnown } = await ingest();
    const dead = graph.components.filter((_, i) => graph.live[i] === 0).map((component) => component.identity);
    const truth = run("nix-store", "--gc", "--print-dead")
      .split("\n")
      .filter((line) => line !== "");
    expect(rootsKnown).toBe(true);
    expect(dead).toEqual(truth.sort());
    expect(graph.components.filter((component) => component.name === "dead")).toHaveLength(1);
  });

  test("its closures have the sizes of `nix path-info --closure-size`", async () => {
    const truth: Record<string, { closureSize: number; narSize: number; deriver: string | null }> = JSON.parse(
      run("nix", "path-info", "--all", "-S", "--json"),
    );
    expect(Object.keys(truth).length).toBeGreaterThan(10);
    for (const [path, { closureSize, deriver }] of Object.entries(truth)) {
      const { graph, ...snapshot } = await ingest([path]);
      expect([path, snapshot.closureSize]).toEqual([path, closureSize]);
      expect(graph.components.find((component) => component.identity === path)?.deriver).toBe(deriver ?? "");
    }
  });
});
