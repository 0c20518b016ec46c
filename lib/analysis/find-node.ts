import { nearestTexts } from "#lib/model/nearest-text.ts";
import { toUnknownName, UsageError } from "#lib/model/problem.ts";

/** The names of a node. */
export interface NamedNode {
  /** Store path, purl (`#path`), or `unowned:DIFFID`. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/** Maximum number of candidates listed for an ambiguous name. */
const MAX_CANDIDATES = 20;

/**
 * The one node that `text` names: its id; else its name, `NAME@VERSION`, `NAME-VERSION` or the part of a store path after the
 * hash; else a prefix of its id; else what follows a group or a path in its name. Throws a UsageError with the candidates if several
 * match, or with suggestions if none does.
 */
export function findNode<Node extends NamedNode>(nodes: readonly Node[], text: string): Node {
  const readings = [
    (node: Node) => node.id === text,
    (node: Node) => isCalled(node, text),
    (node: Node) => node.id.startsWith(text) || purlWithoutQualifiers(node.id) === text,
    ({ name, version }: Node) => [afterGroup(name), `${afterGroup(name)}@${version}`].includes(text),
  ];
  for (const reading of readings) {
    const found = nodes.filter(reading);
    if (found.length === 1) return found[0]!;
    if (found.length > 1)
      throw new UsageError(`${text} is ambiguous: it matches ${found.length} nodes`, toCandidates(found));
  }
  throw toUnknownName(`no node is named ${text}`, toCandidates(suggestNodes(nodes, text)));
}

/** Nodes with a name that is nearly this one, then those with a name that contains it. */
function suggestNodes<Node extends NamedNode>(nodes: readonly Node[], text: string): Node[] {
  const byName = Map.groupBy(nodes, ({ name }) => name);
  const near = nearestTexts(text, [...byName.keys()], MAX_CANDIDATES).flatMap((name) => byName.get(name)!);
  return [...new Set([...near, ...nodes.filter(({ name }) => name.includes(text))])];
}

function isCalled({ id, name, version }: NamedNode, text: string): boolean {
  return name === text || `${name}@${version}` === text || `${name}-${version}` === text || afterHash(id) === text;
}

/** `/nix/store/HASH-hello-2.10` → `hello-2.10`; "" if it is not a store path. */
function afterHash(id: string): string {
  return /^\/.*\/[0-9a-z]{32}-([^/]+)$/.exec(id)?.[1] ?? "";
}

/** `com.google.guava/guava` → `guava`; a scope of npm makes another name: `@types/node` is not called `node`. */
function afterGroup(name: string): string {
  return name.startsWith("@") ? "" : name.slice(name.lastIndexOf("/") + 1);
}

function purlWithoutQualifiers(id: string): string {
  return id.startsWith("pkg:") ? id.replace(/[?#].*$/, "") : "";
}

function toCandidates(nodes: readonly NamedNode[]): string[] {
  return nodes.slice(0, MAX_CANDIDATES).map((node) => node.id);
}
