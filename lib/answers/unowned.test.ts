import { describe, expect, it } from "vitest";
import { unownedClass } from "#lib/analysis/advice/unowned-class.ts";
import type { UnownedFiles } from "#lib/model/unowned-class.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { runJson: runCliJson } = makeCliSession();

describe("the class of a file that no package owns", () => {
  it.each([
    ["srv/model/weights.safetensors", "modelWeights"],
    ["etc/ld.so.cache", "caches"],
    ["var/cache/man/index.db", "caches"],
    ["usr/share/icons/hicolor/icon-theme.cache", "caches"],
    ["app/__pycache__/main.cpython-313.pyc", "byteCode"],
    ["usr/local/share/man/man1/tool.1", "documentation"],
    ["usr/share/locale/de/LC_MESSAGES/x.mo", "locales"],
    ["usr/local/lib/libx.a", "staticLibraries"],
    ["opt/dist.tar.gz", "archives"],
    ["usr/share/fonts/x.ttf", "fontsAndMedia"],
    ["var/log/boot.log", "logs"],
    ["tmp/left", "temporary"],
    ["var/tmp/left.pyc", "byteCode"],
    ["etc/passwd", "configuration"],
    ["home/me/.bashrc", "home"],
    ["app/server", "other"],
    ["etcetera/file", "other"],
  ])("of %s is %s", (path, expected) => expect(unownedClass(path)).toBe(expected));
});

describe("the files that no package owns", () => {
  const place = makeTestPlace();

  it("are summed by class, each body once, to the bytes of the unowned nodes", async () => {
    const layers = [
      buildTar([
        { path: "etc/passwd", body: "root" },
        { path: "etc/hidden", body: "hidden later" },
        { path: "app/server", body: "0123456789a" },
        { path: "app/linked", link: "app/server", type: "1" },
      ]),
      buildTar([
        { path: "etc/.wh.hidden", body: "" },
        { path: "etc/group", body: "root:x" },
        { path: "var/log/x.log", body: "1" },
      ]),
    ];
    const options = { databaseUrl: place.database.url };
    await runCliJson(["scan", "docker-archive:-"], { ...options, input: [buildDockerArchive(layers)] });
    const { unowned } = await runCliJson<{ unowned: readonly UnownedFiles[] }>(["show", "test:latest"], options);
    expect(unowned).toEqual([
      { class: "other", count: 1, bytes: 11, largest: { path: "app/server", bytes: 11, layer: 0 } },
      { class: "configuration", count: 2, bytes: 10, largest: { path: "etc/group", bytes: 6, layer: 1 } },
      { class: "logs", count: 1, bytes: 1, largest: { path: "var/log/x.log", bytes: 1, layer: 1 } },
    ]);
    const { nodes } = await runCliJson<{ nodes: { selfSize: number }[] }>(["closure", "test:latest"], options);
    expect(nodes.reduce((sum, { selfSize }) => sum + selfSize, 0)).toBe(22);
  });
});
