import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InputError } from "#lib/model/problem.ts";
import { EventList, listEvents } from "#testing/builders/item-events.ts";
import { arbitraryTree, directory, file, symlink, writeTree } from "#testing/builders/store-items.ts";
import { readExactly } from "./read-body.ts";
import { ITEM_LIMITS, MAX_ITEM_DEPTH, readItem } from "./read-item.ts";

let folder: string;
let item: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "item-"));
  item = join(folder, "item");
});
// Not with rmSync: it recurses into ten thousand directories.
afterEach(() => execFileSync("rm", ["-rf", folder]));

function read(limits = ITEM_LIMITS): string[] {
  const list = new EventList();
  readItem(item, list, limits);
  return list.events;
}

function faultOf(look: () => unknown): string {
  try {
    look();
  } catch (error) {
    if (error instanceof InputError) return `${error.code} ${error.place}: ${error.message}`;
    throw error;
  }
  return "no fault";
}

describe("readItem", () => {
  test("walks any tree in the order of its NAR, names as bytes", () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        writeTree(item, tree);
        const events = read();
        rmSync(item, { recursive: true });
        expect(events).toEqual(listEvents(tree));
      }),
      { numRuns: 200 },
    );
  });

  test("reports links and never follows them: out of the item, to itself, in a ring, to nowhere", () => {
    const links = {
      out: "/etc/passwd",
      up: "../../../../etc",
      self: "self",
      ring: "ring2",
      ring2: "ring",
      dead: "/nowhere",
    };
    writeTree(item, directory(Object.fromEntries(Object.entries(links).map(([name, to]) => [name, symlink(to)]))));
    const names = Object.keys(links).sort() as (keyof typeof links)[];
    expect(read()).toEqual(["directory ", ...names.map((name) => `symlink ${name} → ${links[name]}`), "end"]);
  });

  test("reads an item that is a link as a link", () => {
    symlinkSync("/etc", item);
    expect(read()).toEqual(["symlink  → /etc"]);
  });

  test("distinguishes names that differ in case, or in the encoding of an accent", () => {
    const entries = {
      README: file("1"),
      readme: file("2"),
      "\xc3\xa9": file("3"),
      "e\xcc\x81": file("4"),
      "\xe9": file("5"),
    };
    writeTree(item, directory(entries));
    expect(read().filter((event) => event.startsWith("body"))).toEqual([
      "body 1",
      "body 4",
      "body 2",
      "body 3",
      "body 5",
    ]);
  });

  test("refuses a named pipe without waiting for its writer", () => {
    mkdirSync(item);
    execFileSync("mkfifo", [join(item, "pipe")]);
    expect(faultOf(read)).toBe("unsupported pipe: neither a file, a directory nor a symlink");
  });

  test("refuses a socket", async () => {
    mkdirSync(item);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(item, "socket"), resolve));
    const fault = faultOf(read);
    await new Promise((resolve) => server.close(resolve));
    expect(fault).toBe("unsupported socket: neither a file, a directory nor a symlink");
  });

  test.skipIf(process.getuid?.() === 0)("reports an unreadable file (skipped for root, who may read all)", () => {
    writeTree(item, directory({ secret: file("x") }));
    chmodSync(join(item, "secret"), 0);
    expect(faultOf(read)).toBe("missing-target secret: cannot be read (EACCES)");
  });

  test("reports a missing item", () => {
    expect(faultOf(read)).toBe("missing-target : not found");
  });

  test("stops at directories deeper than the limit, and at ten thousand of them", () => {
    const nest = (depth: number) => Array.from({ length: depth }, () => "d").join("/");
    mkdirSync(join(item, nest(MAX_ITEM_DEPTH - 1)), { recursive: true });
    expect(read()).toHaveLength(2 * MAX_ITEM_DEPTH);
    mkdirSync(join(item, nest(MAX_ITEM_DEPTH)), { recursive: true });
    expect(faultOf(read)).toBe(
      `limit-exceeded ${nest(MAX_ITEM_DEPTH)}: more directories deep than a store item may be`,
    );
    rmSync(item, { recursive: true });
    mkdirSync(item);
    const dig = "for (let i = 0; i < 10000; i++) { fs.mkdirSync('d'); process.chdir('d'); }";
    execFileSync(process.execPath, ["-e", dig], { cwd: item });
    expect(faultOf(read)).toContain("limit-exceeded d/d/");
  });

  test("stops at more names than the limit", () => {
    writeTree(item, directory({ a: file(""), d: directory({ b: file(""), c: file("") }) }));
    expect(read({ ...ITEM_LIMITS, entryCount: 5 })).toEqual(read());
    expect(faultOf(() => read({ ...ITEM_LIMITS, entryCount: 4 }))).toBe(
      "limit-exceeded d: more names than a store item may have",
    );
  });
});

describe("a file that changes while it is read", () => {
  const readClaiming = (byteCount: number) => {
    writeFileSync(item, "x".repeat(2500));
    const list = new EventList();
    const opened = openSync(item, "r");
    try {
      readExactly(opened, byteCount, { path: Buffer.from("a"), sink: list });
    } finally {
      closeSync(opened);
    }
    return "read";
  };

  test("is a fault if it ends early or continues, and none if it has exactly those bytes", () => {
    expect(readClaiming(2500)).toBe("read");
    expect(faultOf(() => readClaiming(2600))).toBe("size-mismatch a: became 100 bytes shorter while it was read");
    expect(faultOf(() => readClaiming(2499))).toBe("size-mismatch a: became longer while it was read");
    expect(faultOf(() => readClaiming(0))).toBe("size-mismatch a: became longer while it was read");
  });
});
