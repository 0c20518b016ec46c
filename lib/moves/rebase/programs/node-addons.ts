import { findCommand } from "#lib/ingest/packages/find-started.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { isUpper, toImageLayer } from "../image-layer.ts";
import type { MovedConfig, MovedTree, RebaseSides } from "../sides.ts";
import { unpack } from "./loaded-symbols.ts";
import { startPlace } from "./start-place.ts";

/** What of Node.js decides which addons it loads. */
interface NodeRuntime {
  /** NODE_MODULE_VERSION: each major version has its own. */
  readonly abi: string;
  readonly major: string;
  /** SHA-256 of the program. */
  readonly content: string;
}

/** Addons of Node-API load in each later version; what calls V8 or Node.js itself is for one major version. */
const TIED_EXPORT = /^node_register_module_v(\d+)$/;
const TIED_IMPORT = /^(?:_ZNK?(?:2v8|4node)|node_module_register$)/;
const HEADERS = ["usr/local/include/node/node_version.h", "usr/include/node/node_version.h"];
const PACKAGE = /^(?:node|nodejs)$/;

/** Compiled addons of the image's own layers that the Node.js of the new base refuses. */
export function findRefusedAddons(sides: RebaseSides): Finding[] {
  const addons = sides.after.names.filter((node) => node.name.endsWith(".node") && isUpper(sides, node));
  const tied = addons.filter((node) => isTied(sides.after, node));
  if (tied.length === 0) return [];
  const was = readRuntime(sides.before, sides, sides.configs.image);
  const now = readRuntime(sides.after, sides, sides.configs.after);
  if (was === undefined || now === undefined || isSame(was, now)) return [];
  return tied.map((node) => toFinding(sides, node, { was, now }));
}

function isTied(tree: MovedTree, node: FileNode): boolean {
  const symbols = tree.symbolsOf(node);
  if (symbols === undefined) return false;
  return (
    unpack(symbols.exports).some((name) => TIED_EXPORT.test(name)) ||
    unpack(symbols.imports).some((name) => TIED_IMPORT.test(name))
  );
}

/** The Node.js that is found on the PATH. */
function readRuntime(tree: MovedTree, sides: RebaseSides, { parsed }: MovedConfig): NodeRuntime | undefined {
  const place = startPlace(tree, sides);
  const program = findCommand(place, "node") ?? findCommand(place, "nodejs");
  if (program === undefined) return undefined;
  const header = HEADERS.map((path) => textAt(tree, path)).find((text) => text !== "") ?? "";
  const variable = parsed.settings.environment.find((each) => each.startsWith("NODE_VERSION="));
  const component = tree.found.components.find(({ name }) => PACKAGE.test(name));
  return {
    abi: /#define NODE_MODULE_VERSION (\d+)/.exec(header)?.[1] ?? "",
    major: /\d+/.exec(variable ?? component?.version ?? "")?.[0] ?? "",
    content: tree.entryOf(program)?.content ?? "",
  };
}

function textAt(tree: MovedTree, path: string): string {
  const node = tree.lookup(path);
  const body = node === undefined ? undefined : tree.document(node);
  return body === undefined ? "" : Buffer.from(body).toString("latin1");
}

/** By the surest that is known of both. */
function isSame(was: NodeRuntime, now: NodeRuntime): boolean {
  for (const key of ["abi", "major"] as const) if (was[key] !== "" && now[key] !== "") return was[key] === now[key];
  return was.content === now.content;
}

function toFinding(
  sides: RebaseSides,
  node: FileNode,
  { was, now }: { readonly was: NodeRuntime; readonly now: NodeRuntime },
): Finding {
  return {
    kind: "runtime-missing",
    weight: "blocks",
    path: node.path,
    layer: toImageLayer(sides, node),
    evidence: `compiled for ${nameOf(was)}; there: ${nameOf(now)}`,
    message: `${node.path} was compiled for another Node.js than that of the rebased image, which would refuse to load it.`,
  };
}

function nameOf({ abi, major }: NodeRuntime): string {
  if (abi !== "") return `NODE_MODULE_VERSION ${abi}`;
  return major === "" ? "a Node.js of unknown version" : `Node.js ${major}`;
}
