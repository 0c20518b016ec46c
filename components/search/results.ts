import { artifactKind } from "#lib/display/artifact-kind.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, layerPath, openedFilePath, whyPath, withQuery } from "#lib/display/paths.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { FindAnswer, Holder, HolderList } from "#lib/views/search.ts";

/** A line of the search dialog. */
export interface ResultRow {
  /** Unique among all rows. */
  readonly key: string;
  readonly href: string;
  readonly text: string;
  /** A path or digest. */
  readonly mono?: boolean;
  /** A component's kind, shown as its mark. */
  readonly kind?: ComponentKind;
  /** What tells it from others with the same text: a version, the hash of a store path. */
  readonly version?: string;
  readonly detail: string;
  /** In how many artifacts it is. */
  readonly count?: string;
  /** The keys that do the same on the page. */
  readonly keys?: readonly string[];
  /** The route that lists the artifacts with it, if there are several. */
  readonly holders?: string;
}

export interface ResultGroup {
  readonly heading: string;
  /** What the heading says at its end. */
  readonly note?: string;
  readonly rows: readonly ResultRow[];
}

/**
 * An answer as groups of rows, without the empty ones. A text that is a path or the name of a file finds files first, unless it is the
 * name of a component.
 */
export function resultGroups({ artifacts, digests, contents, files, nodes }: FindAnswer, text: string): ResultGroup[] {
  const fileGroup = {
    heading: "Files",
    note: files.truncated ? "the best matches; type more of the name" : "by name and path, over all artifacts",
    rows: files.rows.map(fileRow),
  };
  const nodeGroup = {
    heading: "Components",
    note: nodes.truncated ? `the best ${formatCount(nodes.rows.length)}` : "",
    rows: nodes.rows.map(nodeRow),
  };
  const isComponent = nodes.rows.some(({ name }) => name.toLowerCase() === text.toLowerCase());
  const isFile = !isComponent && (text.includes("/") || files.rows.some(({ path }) => path.endsWith(`/${text}`)));
  const groups = [
    { heading: "Images, closures and SBOMs", rows: artifacts.map(artifactRow) },
    { heading: "Digests", rows: [...digests.map(digestRow), ...contents.map(contentRow)] },
    ...(isFile ? [fileGroup, nodeGroup] : [nodeGroup, fileGroup]),
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

/** The artifacts with what a row stands for, as rows that open it there. */
export function holderGroups({ text, holders }: ResultRow, { rows, total }: HolderList): ResultGroup[] {
  if (rows.length === 0) return [];
  const more =
    total > rows.length ? `${formatCount(rows.length)} of ${formatCount(total)}; type a part of the name` : "";
  const path = new URLSearchParams(holders?.split("?")[1]).get("file");
  return [
    {
      heading: `${text} is in ${formatCounted(total, "artifact")}`,
      note: more,
      rows: rows.map((row) => holderRow(row, path)),
    },
  ];
}

function holderRow(holder: Holder, path: string | null): ResultRow {
  const { artifactDigest, artifactName, nodeIndex } = holder;
  const isFile = path !== null && nodeIndex === null;
  return {
    key: `in ${artifactDigest}`,
    href: isFile ? openedFilePath(artifactDigest, path.slice(1)) : whyPath(artifactDigest, nodeIndex ?? 0),
    text: artifactName,
    detail: holderDetail(holder),
  };
}

function holderDetail({ artifactKind: kind, bytes, layer }: Holder): string {
  if (kind === "sbom") return "SBOM";
  return layer === null ? `keeps ${formatBytes(bytes)}` : `${formatBytes(bytes)} · layer ${layer}`;
}

function artifactRow({ digest, name, kind, bytes }: FindAnswer["artifacts"][number]): ResultRow {
  const size = bytes === null ? "manifest only" : formatBytes(bytes);
  const detail = kind === "sbom" ? artifactKind({ kind }) : `${kind} · ${size}`;
  return { key: digest, href: artifactPath(digest), text: name, detail };
}

const DIGEST_WORDS = {
  digest: "",
  config: "config of ",
  diffID: "DiffID in ",
  chainID: "ChainID in ",
  blob: "layer of ",
} as const;

function digestRow(found: FindAnswer["digests"][number]): ResultRow {
  const { what, digest, artifactDigest, artifactName, layer, artifactCount } = found;
  const place = layer === null ? "" : `, layer ${layer}`;
  return {
    key: `${what} ${digest}`,
    href: layer === null ? artifactPath(artifactDigest) : layerPath(artifactDigest, layer),
    text: shortDigest(digest),
    mono: true,
    detail: `${DIGEST_WORDS[what]}${artifactName}${place}`,
    ...counted(artifactCount),
  };
}

/** Opens the file in the newest artifact with it: its page lists the others. */
function contentRow({ digest, holders }: FindAnswer["contents"][number]): ResultRow {
  const { digest: artifact, name, path } = holders[0]!;
  const plain = path.replace(/^\//, "");
  return {
    key: `content ${digest}`,
    href: openedFilePath(artifact, plain),
    text: shortDigest(digest),
    mono: true,
    detail: `file /${plain} in ${name}`,
    ...counted(holders.length),
  };
}

function fileRow(file: FindAnswer["files"]["rows"][number]): ResultRow {
  const { path, item, bytes, artifactDigest, artifactName, artifactCount, contentCount, nodeIndex } = file;
  const contents = artifactCount > 1 ? `, ${formatCounted(contentCount, "content")}` : "";
  return {
    key: `file ${path}`,
    href: nodeIndex === null ? openedFilePath(artifactDigest, path.slice(1)) : whyPath(artifactDigest, nodeIndex),
    text: path,
    mono: true,
    detail: artifactCount > 1 ? "" : `${artifactName} · ${formatBytes(bytes)}`,
    ...counted(artifactCount, contents),
    ...(artifactCount > 1 ? { holders: holdersPath(item === null ? { file: path } : { component: item }) } : {}),
  };
}

function nodeRow(node: FindAnswer["nodes"]["rows"][number]): ResultRow {
  const { id, identity, kind, name, artifactDigest, artifactName, artifactCount } = node;
  const hash = splitStorePath(id)?.hash;
  return {
    key: id,
    href: whyPath(artifactDigest, node),
    text: name,
    kind,
    version: hash === undefined ? node.version : `${node.version} ${shortDigest(hash)}`.trim(),
    detail: artifactCount > 1 ? "" : artifactName,
    ...counted(artifactCount),
    ...(artifactCount > 1 ? { holders: holdersPath({ component: identity }) } : {}),
  };
}

function counted(artifactCount: number, more = ""): { count?: string } {
  return artifactCount > 1 ? { count: `${formatCounted(artifactCount, "artifact")}${more}` } : {};
}

function holdersPath(held: { readonly file?: string; readonly component?: string }): string {
  return withQuery("/search/holders", { ...held });
}
