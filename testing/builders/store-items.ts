import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { createStoreDatabase, insertStoreRows } from "./store.ts";

/** A store item, or a part of one, in tests. Names have one byte per character, so they may be any bytes. */
export type ItemTree =
  | { readonly kind: "file"; readonly body: Uint8Array; readonly executable?: boolean }
  | { readonly kind: "symlink"; readonly target: string }
  | { readonly kind: "directory"; readonly entries: Readonly<Record<string, ItemTree>> };

export function file(body: string | Uint8Array, executable = false): ItemTree {
  return { kind: "file", body: Buffer.from(body), executable };
}

export function symlink(target: string): ItemTree {
  return { kind: "symlink", target };
}

export function directory(entries: Readonly<Record<string, ItemTree>>): ItemTree {
  return { kind: "directory", entries };
}

function string(text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
}

/** A NAR exactly as in Dolstra's thesis, figure 5.2: one function for each of its own, all in memory. */
export function naiveNar(tree: ItemTree): Buffer {
  return Buffer.concat([string("nix-archive-1"), serialise(tree)]);
}

function serialise(tree: ItemTree): Buffer {
  return Buffer.concat([string("("), serialiseFso(tree), string(")")]);
}

function serialiseFso(tree: ItemTree): Buffer {
  if (tree.kind === "symlink")
    return Buffer.concat([
      string("type"),
      string("symlink"),
      string("target"),
      string(Buffer.from(tree.target, "latin1")),
    ]);
  if (tree.kind === "file") {
    const executable = tree.executable ? [string("executable"), string("")] : [];
    return Buffer.concat([string("type"), string("regular"), ...executable, string("contents"), string(tree.body)]);
  }
  const names = Object.keys(tree.entries).sort((a, b) =>
    Buffer.compare(Buffer.from(a, "latin1"), Buffer.from(b, "latin1")),
  );
  return Buffer.concat([
    string("type"),
    string("directory"),
    ...names.map((name) => {
      const parts = [string("entry"), string("("), string("name"), string(Buffer.from(name, "latin1"))];
      return Buffer.concat([...parts, string("node"), serialise(tree.entries[name]!), string(")")]);
    }),
  ]);
}

/** The contents of a NAR in order: path (one byte per character), kind, and the body's bytes. */
export function listNaive(tree: ItemTree, path = ""): { path: string; tree: ItemTree }[] {
  if (tree.kind !== "directory") return [{ path, tree }];
  const names = Object.keys(tree.entries).sort((a, b) =>
    Buffer.compare(Buffer.from(a, "latin1"), Buffer.from(b, "latin1")),
  );
  const inside = names.flatMap((name) => listNaive(tree.entries[name]!, path === "" ? name : `${path}/${name}`));
  return [{ path, tree }, ...inside];
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes a tree to the disk, at a path that must not exist. */
export function writeTree(path: string, tree: ItemTree): void {
  const pending: [Buffer, ItemTree][] = [[Buffer.from(path), tree]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [at, node] = next;
    if (node.kind === "symlink") symlinkSync(Buffer.from(node.target, "latin1"), at);
    else if (node.kind === "file") {
      writeFileSync(at, node.body);
      if (node.executable) chmodSync(at, 0o555);
    } else {
      mkdirSync(at);
      for (const [name, child] of Object.entries(node.entries)) {
        pending.push([Buffer.concat([at, Buffer.from("/"), Buffer.from(name, "latin1")]), child]);
      }
    }
  }
}

/** An item of a test's store; its NAR columns in the database are correct by default. */
export interface TestItem {
  readonly path: string;
  readonly tree: ItemTree;
  readonly references?: readonly string[];
  readonly narHash?: string;
  readonly narSize?: number;
}

/** Creates a store with its files under an existing root directory. */
export function makeStore(root: string, items: readonly TestItem[], flavour: "nix" | "guix" = "nix"): void {
  const [state, store] = flavour === "nix" ? ["nix/var/nix", "nix/store"] : ["var/guix", "gnu/store"];
  mkdirSync(join(root, state, "db"), { recursive: true });
  mkdirSync(join(root, store), { recursive: true });
  const database = createStoreDatabase(join(root, state, "db/db.sqlite"), flavour);
  insertStoreRows(
    database,
    items.map(({ path, tree, references, ...claims }) => {
      const nar = naiveNar(tree);
      return { path, narHash: `sha256:${sha256Hex(nar)}`, narSize: nar.length, references, ...claims };
    }),
  );
  database.close();
  for (const { path, tree } of items) writeTree(join(root, store, basename(path)), tree);
}

/** A name of 1 to 3 bytes, some of them invalid in UTF-8; few enough that cases collide. */
const name = fc
  .string({
    unit: fc.constantFrom("a", "A", "b", "B", ".", "~", "\n", " ", "\\", "\xff", "\xc3", "\xa9"),
    minLength: 1,
    maxLength: 3,
  })
  .filter((text) => text !== "." && text !== "..");
const body = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.constantFrom(new Uint8Array(0), Buffer.from("the same"), Buffer.alloc(5000, "x")),
);

/** Trees of a few levels with names of any bytes, links to anywhere, and some equal bodies. */
export const arbitraryTree: fc.Arbitrary<ItemTree> = fc.letrec<{ tree: ItemTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.record({ kind: fc.constant("file" as const), body, executable: fc.boolean() }),
    fc.record({
      kind: fc.constant("symlink" as const),
      target: fc.constantFrom("a", "../..", "/etc/passwd", "\xff", "x".repeat(4000)),
    }),
    fc.record({
      kind: fc.constant("directory" as const),
      entries: fc.dictionary(name, tie("tree"), { maxKeys: 5, noNullPrototype: true }),
    }),
  ),
})).tree;
