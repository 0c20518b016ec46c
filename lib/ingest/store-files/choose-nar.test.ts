import { expect, it } from "vitest";
import type { NarFile } from "#lib/model/path-info.ts";
import { chooseNar } from "./choose-nar.ts";

const nar = (compression: string, fileSize?: number): NarFile => ({
  url: compression,
  compression,
  fileHash: "",
  fileSize,
});

it.each<[string, NarFile[], string | undefined]>([
  ["the smallest", [nar("gzip", 30), nar("zstd", 20), nar("xz", 25)], "zstd"],
  ["one that can be read, even if it is larger", [nar("lzip", 10), nar("gzip", 30)], "gzip"],
  ["one of known size", [nar("zstd"), nar("gzip", 30)], "gzip"],
  ["the quickest to read if no size is known", [nar("gzip"), nar("lzip"), nar("zstd")], "zstd"],
  ["the smallest of those that cannot be read", [nar("lzip", 10), nar("bzip2", 9)], "bzip2"],
  ["none", [], undefined],
])("chooses %s", (_, files, chosen) => {
  expect(chooseNar(files)?.compression).toBe(chosen);
  expect(chooseNar(files.toReversed())?.compression).toBe(chosen);
});
