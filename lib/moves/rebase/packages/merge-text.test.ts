import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { MAX_SCRIPT_BYTES } from "./merge-scripts.ts";
import { mergeText } from "./merge-text.ts";

it("merges triggers and the world of apk line by line", () => {
  const texts = { base: "a\nb\n", ours: "a\nb\nnginx\n", theirs: "b\nc\n" };
  expect(mergeText("lines", texts, "etc/apk/world")).toEqual({ text: "b\nc\nnginx\n" });
});

it("merges the marks of apt by package and architecture, and the image's mark counts", () => {
  const mark = (name: string, auto: number) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: ${auto}\n\n`;
  const texts = {
    base: mark("z", 1) + mark("a", 1),
    ours: mark("z", 0) + mark("a", 1) + mark("nginx", 1),
    theirs: mark("z", 1).replace(": 1", ": 2") + mark("y", 1),
  };
  expect(mergeText("deb822", texts, "")).toEqual({ text: mark("z", 0) + mark("y", 1) + mark("nginx", 1) });
});

it("takes debconf's questions from the new base, its answers from the image, and all owners", () => {
  const template = (type: string, owners: string) => `Name: a/x\nType: ${type}\nOwners: ${owners}\n\n`;
  const texts = { base: template("note", "a"), ours: template("text", "a, c"), theirs: template("select", "a, b") };
  expect(mergeText("templates", texts, "")).toEqual({ text: template("select", "a, b, c") });
  expect(mergeText("answers", texts, "")).toEqual({ text: template("text", "a, b, c") });
});

it("ends the file as the new base's ends", () => {
  const texts = { base: "Name: a\n", ours: "Name: a\n\nName: c\n", theirs: "Name: a\n\nName: b\n" };
  expect(mergeText("answers", texts, "")).toEqual({ text: "Name: a\n\nName: b\n\nName: c\n" });
});

it("adds diversions and overrides, and refuses two of one path", () => {
  const [libc, perl] = ["/lib/ld\n/lib/ld.real\nlibc6\n", "/bin/perl\n/bin/perl.real\nperl\n"];
  expect(mergeText("diversions", { base: "", ours: libc, theirs: perl }, "")).toEqual({ text: perl + libc });
  expect(mergeText("diversions", { base: "", ours: libc, theirs: libc.replace("real", "other") }, "")).toEqual({
    conflict: "/lib/ld: changed on both sides",
  });
  const override = (mode: string) => `root ssl ${mode} /etc/ssl/private\n`;
  expect(mergeText("overrides", { base: "", ours: override("710"), theirs: override("700") }, "")).toEqual({
    conflict: "/etc/ssl/private: changed on both sides",
  });
});

const script = (name: string): TarMember => ({
  path: `${name}.Q1abc.post-install`,
  body: `#!/bin/sh\n# ${name}\n`,
  mode: 0o755,
});
const toText = (...members: readonly TarMember[]) => Buffer.from(buildTar(members)).toString("latin1");

it("merges apk's scripts member by member, byte for byte, compressed as they were", () => {
  const [musl, newer, nginx] = [script("musl-1-r0"), script("musl-2-r0"), script("nginx-1-r0")];
  const texts = { base: toText(musl), ours: toText(musl, nginx), theirs: toText(newer) };
  expect(mergeText("scripts", texts, "lib/apk/db/scripts.tar")).toEqual({ text: toText(newer, nginx) });
  const zip = (text: string) => gzipSync(Buffer.from(text, "latin1")).toString("latin1");
  const zipped = { base: zip(texts.base), ours: zip(texts.ours), theirs: zip(texts.theirs) };
  const merged = mergeText("scripts", zipped, "lib/apk/db/scripts.tar.gz");
  expect("text" in merged && gunzipSync(Buffer.from(merged.text, "latin1")).toString("latin1")).toBe(
    toText(newer, nginx),
  );
});

it("refuses archives of scripts that are damaged, or bombs", () => {
  const texts = (ours: string) => ({ base: "", ours, theirs: "" });
  const bomb = gzipSync(Buffer.alloc(MAX_SCRIPT_BYTES + 1)).toString("latin1");
  const refused = { conflict: "not a plain tar" };
  expect(mergeText("scripts", texts(bomb), "lib/apk/db/scripts.tar.gz")).toEqual(refused);
  expect(mergeText("scripts", texts("no gzip"), "lib/apk/db/scripts.tar.gz")).toEqual(refused);
  expect(mergeText("scripts", texts(toText(script("a")).slice(0, 600)), "lib/apk/db/scripts.tar")).toEqual(refused);
  expect(mergeText("scripts", texts(toText({ path: "a", type: "2", link: "b" })), "scripts.tar")).toEqual(refused);
});
