import type { FileNode } from "#lib/model/file-tree.ts";
import { displayPath } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";

/** A package database as it was read. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** The text of the file that a path leads to. `undefined` where there is none; reports one whose body was not kept. */
export function readDocument(discovery: Discovery, path: string): Document | undefined {
  const node = discovery.tree.resolve(path);
  return node === undefined ? undefined : readNode(discovery, node);
}

/** The same of a name; a symlink is followed. */
export function readNode(discovery: Discovery, node: FileNode): Document | undefined {
  const body = readBody(discovery, node);
  return body === undefined ? undefined : { path: node.path, text: pathText(body) };
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

/** An empty file needs no keeping. */
function keptBody({ tree }: Discovery, file: FileNode): Uint8Array | undefined {
  return file.body?.byteCount === 0 ? new Uint8Array() : tree.document(file);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NEWLINE = 10;

/**
 * A file's bytes as text in which paths are spelled as the tree spells them (`displayPath`): systemd's
 * `system-systemd\x2dcryptsetup.slice` is in every Debian. Line by line only where the bytes are not UTF-8, since that is
 * slow and one such line is no reason to escape the others.
 */
function pathText(body: Uint8Array): string {
  const text = decode(body);
  if (text !== undefined) return text.replace(/[\\\0]/g, (sign) => (sign === "\0" ? "\\x00" : "\\x5c"));
  const lines: string[] = [];
  for (let start = 0; start <= body.length; ) {
    const found = body.indexOf(NEWLINE, start);
    const end = found < 0 ? body.length : found;
    lines.push(displayPath(body.subarray(start, end)));
    start = end + 1;
  }
  return lines.join("\n");
}

function decode(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body);
  } catch {
    // Not UTF-8, which is all that a fatal decoder throws for: escaped byte by byte by the caller.
    return undefined;
  }
}
