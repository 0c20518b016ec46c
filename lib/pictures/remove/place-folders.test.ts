import { describe, expect, it } from "vitest";
import type { AdvisedFolder } from "#lib/model/advised-folders.ts";
import { placeFolders } from "./place-folders.ts";

const folder = (name: string, listed: number, parts: readonly AdvisedFolder[] = []): AdvisedFolder => {
  return {
    name,
    path: name,
    files: name === "",
    bytes: 2 * listed + 1,
    listed,
    selected: 0,
    opens: parts.length > 0,
    parts,
  };
};
const SPACE = { width: 600, height: 400 };

describe("folders as rectangles", () => {
  it("have areas by what could go, and leave out those where nothing could", () => {
    const placed = placeFolders([folder("usr", 300), folder("var", 100), folder("etc", 0)], SPACE);
    expect(placed.map(({ key }) => key)).toEqual(["/folder usr", "/folder var"]);
    const [usr, rest] = placed.map(({ width, height }) => width * height);
    expect(usr! / rest!).toBeCloseTo(3, 1);
  });

  it("contain their folders and their own files, but no second frame for files alone", () => {
    const usr = folder("usr", 300, [folder("share", 200), folder("", 100)]);
    const srv = folder("srv", 100, [folder("", 100)]);
    const keys = placeFolders([usr, srv], SPACE).map(({ key }) => key);
    expect(keys).toEqual(["/folder usr", "/folder srv", "/folder usr/folder share", "/folder usr/files "]);
  });

  it("draw the smallest of very many as one part", () => {
    const placed = placeFolders(
      Array.from({ length: 1000 }, (_, i) => folder(`f${i}`, 1000 - i)),
      SPACE,
    );
    expect(placed).toHaveLength(41);
    expect(placed.at(-1)!.part).toMatchObject({ type: "others", count: 960 });
  });
});
