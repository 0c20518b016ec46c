import { isProgramFacts } from "#lib/formats/program-facts/index.ts";
import type { Fault } from "#lib/model/fault.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { countEscapes, displayPath } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";

/** Backslashes, NULs and non-UTF-8 bytes in one document: each takes four characters. Debian's lists have dozens. */
export const MAX_ESCAPES = 1_000_000;

/** A package database as read. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** The text of the file that a path leads to. `undefined` if there is none; reports a body that was not kept. */
export function readDocument(discovery: Discovery, path: string): Document | undefined {
  const node = discovery.tree.resolve(path);
  return node === undefined ? undefined : readNode(discovery, node);
}

/**
 * The same for a name; a symlink is followed. Paths in the text are spelled as the tree spells them (`displayPath`): systemd's
 * `system-systemd\x2dcryptsetup.slice` is in every Debian.
 */
export function readNode(discovery: Discovery, node: FileNode): Document | undefined {
  const body = readBody(discovery, node);
  if (body === undefined) return undefined;
  if (countEscapes(body) <= MAX_ESCAPES) return { path: node.path, text: displayPath(body) };
  const message = `not read: more than ${MAX_ESCAPES} bytes are not text`;
  discovery.addProblem(node.path, { code: "limit-exceeded", message });
  return undefined;
}

/** The result of parsing a document, whose faults are reported; `undefined` if there is no document. */
export function parseDocument<T>(
  discovery: Discovery,
  document: Document | undefined,
  parse: (text: string) => { value: T; problems: Fault[] },
): T | undefined {
  if (document === undefined) return undefined;
  const { value, problems } = parse(document.text);
  discovery.addProblems(document.path, problems);
  return value;
}

/** The bytes of a regular file, or of the one a symlink leads to. */
export function readBody(discovery: Discovery, node: FileNode): Uint8Array | undefined {
  const file = node.linkTarget === "" ? node : discovery.tree.resolve(node.path);
  const body = file === undefined ? undefined : keptBody(discovery, file);
  if (body === undefined && file?.body !== undefined) {
    discovery.addProblem(node.path, {
      code: "bad-package-database",
      message: "was not kept when its layer was read: too large, or a link to another place",
    });
  }
  return body;
}

/** An empty file need not be kept. Of a program, the facts are kept and not the body. */
function keptBody({ tree }: Discovery, file: FileNode): Uint8Array | undefined {
  if (file.body?.byteCount === 0) return new Uint8Array();
  const body = tree.document(file);
  return body === undefined || isProgramFacts(body) ? undefined : body;
}
