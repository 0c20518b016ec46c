import { artifactKind } from "#lib/display/artifact-kind.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, filePath, graphPath, layerPath, whyPath, withQuery } from "#lib/display/paths.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { FindAnswer } from "#lib/views/search.ts";

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
}

export interface ResultGroup {
  readonly heading: string;
  readonly rows: readonly ResultRow[];
}

/** An answer as groups of rows, without the empty ones. */
export function resultGroups({ artifacts, digests, files, nodes }: FindAnswer): ResultGroup[] {
  const groups = [
    { heading: "Images, closures and SBOMs", rows: artifacts.map(artifactRow) },
    { heading: "Digests", rows: digests.map(digestRow) },
    { heading: files.truncated ? "Files, in the newest images" : "Files", rows: files.rows.map(fileRow) },
    { heading: "Components", rows: nodes.map(nodeRow) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
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
  const count = artifactCount > 1 ? `, in ${formatCounted(artifactCount, "artifact")}` : "";
  return {
    key: `${what} ${digest}`,
    href: layer === null ? artifactPath(artifactDigest) : layerPath(artifactDigest, layer),
    text: shortDigest(digest),
    mono: true,
    detail: `${DIGEST_WORDS[what]}${artifactName}${place}${count}`,
  };
}

function fileRow({ path, bytes, artifactDigest, artifactName }: FindAnswer["files"]["rows"][number]): ResultRow {
  return {
    key: `file ${artifactDigest}`,
    href: filePath(artifactDigest, path),
    text: `/${path}`,
    mono: true,
    detail: `${artifactName} · ${formatBytes(bytes)}`,
  };
}

function nodeRow(node: FindAnswer["nodes"][number]): ResultRow {
  const { id, kind, name, artifactDigest, artifactName, artifactCount } = node;
  const hash = splitStorePath(id)?.hash;
  return {
    key: id,
    href: whyPath(artifactDigest, node.nodeIndex),
    text: name,
    kind,
    version: hash === undefined ? node.version : `${node.version} ${shortDigest(hash)}`.trim(),
    detail: artifactCount > 1 ? `in ${formatCounted(artifactCount, "artifact")}` : artifactName,
  };
}

const PAGES: ResultGroup = {
  heading: "Go to",
  rows: [
    { key: "/", href: "/", text: "Artifacts", detail: "all images and closures" },
    { key: "/compare", href: "/compare", text: "Compare", detail: "two or more of them" },
    { key: "/savings", href: "/savings", text: "Savings", detail: "what sharing would save" },
    { key: "/jobs", href: "/jobs", text: "Jobs", detail: "scans that run, wait and failed" },
    { key: "/reports", href: "/reports", text: "Reports", detail: "saved answers" },
    { key: "/docs", href: "/docs", text: "Docs", detail: "what the numbers mean" },
  ],
};

/** What the dialog offers before anything is typed: recently opened rows, pages, and what can be done with the artifact on the page. */
export function firstGroups(recent: readonly ResultRow[], pathname: string): ResultGroup[] {
  const groups = [{ heading: "Recent", rows: recent }, PAGES, { heading: "This artifact", rows: actionsOf(pathname) }];
  return groups.filter(({ rows }) => rows.length > 0);
}

const ARTIFACT_PAGE = /^\/artifacts\/([0-9a-f]{12,64})(?:\/|$)/;

function actionsOf(pathname: string): ResultRow[] {
  const digest = ARTIFACT_PAGE.exec(pathname)?.[1];
  if (digest === undefined) return [];
  return [
    { key: "graph", href: graphPath(digest), text: "Open its graph", detail: "" },
    { key: "compare", href: withQuery("/compare", { in: digest }), text: "Compare it with…", detail: "" },
    { key: "delete", href: withQuery("/delete", { in: digest }), text: "Delete it…", detail: "" },
  ];
}
