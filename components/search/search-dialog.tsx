"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { NothingListed } from "#components/ui/nothing-listed.tsx";
import { useFound } from "#components/ui/use-found.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, filePath, layerPath, whyPath } from "#lib/display/paths.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { FindAnswer } from "#lib/views/search.ts";

const NOTHING: FindAnswer = { artifacts: [], digests: [], files: { rows: [], truncated: false }, nodes: [] };
const ITEM = "flex h-10 items-center gap-2.5 rounded-md px-3 text-[0.8125rem] data-[selected=true]:bg-wash";
const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-dim";

interface SearchDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Search over all artifacts, components, files and digests. The server finds and ranks; this only lists. */
export function SearchDialog({ open, onOpenChange }: SearchDialogProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  const { found, pending } = useFound<FindAnswer>("/search", text, NOTHING);
  const go = (href: string) => {
    onOpenChange(false);
    router.push(href);
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      shouldFilter={false}
      label="Search artifacts, components, files and digests"
      overlayClassName="fixed inset-0 z-40 bg-black/40"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(38rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-2xl"
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Image, package, store path, file path or digest"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-[0.9375rem] outline-none placeholder:text-dim"
      />
      <Command.List className="max-h-[min(26rem,60vh)] min-h-24 overflow-y-auto p-1.5">
        <NothingListed>
          {text === ""
            ? "A name, a file with its whole path, or how a digest begins."
            : pending
              ? "Searching…"
              : "Nothing found."}
        </NothingListed>
        <ArtifactResults artifacts={found.artifacts} go={go} />
        <DigestResults digests={found.digests} go={go} />
        <FileResults files={found.files} go={go} />
        <NodeResults nodes={found.nodes} go={go} />
      </Command.List>
    </Command.Dialog>
  );
}

function ArtifactResults({ artifacts, go }: { artifacts: FindAnswer["artifacts"]; go: (href: string) => void }) {
  if (artifacts.length === 0) return null;
  return (
    <Command.Group heading="Images and closures" className={GROUP}>
      {artifacts.map(({ digest, name, kind, bytes }) => (
        <Command.Item key={digest} value={digest} onSelect={() => go(artifactPath(digest))} className={ITEM}>
          <span className="min-w-0 flex-1 truncate">
            <Visible text={name} />
          </span>
          <span className="text-xs text-dim">
            {kind} · {formatBytes(bytes)}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

const DIGEST_WORDS = {
  digest: "",
  config: "config of",
  diffID: "DiffID in",
  chainID: "ChainID in",
  blob: "layer of",
} as const;

function DigestResults({ digests, go }: { digests: FindAnswer["digests"]; go: (href: string) => void }) {
  if (digests.length === 0) return null;
  const hrefOf = ({ artifactDigest, layer }: (typeof digests)[number]) =>
    layer === null ? artifactPath(artifactDigest) : layerPath(artifactDigest, layer);
  return (
    <Command.Group heading="Digests" className={GROUP}>
      {digests.map((found) => (
        <Command.Item
          key={`${found.what} ${found.digest}`}
          value={`${found.what} ${found.digest}`}
          onSelect={() => go(hrefOf(found))}
          className={ITEM}
        >
          <span className="font-mono text-xs">{shortDigest(found.digest)}</span>
          <span className="min-w-0 flex-1 truncate text-xs text-dim">
            {DIGEST_WORDS[found.what]} <Visible text={found.artifactName} />
            {found.layer === null ? "" : `, layer ${found.layer}`}
          </span>
          {found.artifactCount > 1 ? (
            <span className="text-xs text-dim">in {formatCounted(found.artifactCount, "artifact")}</span>
          ) : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function FileResults({ files, go }: { files: FindAnswer["files"]; go: (href: string) => void }) {
  if (files.rows.length === 0) return null;
  return (
    <Command.Group heading={files.truncated ? "Files, in the newest images" : "Files"} className={GROUP}>
      {files.rows.map(({ path, bytes, artifactDigest, artifactName }) => (
        <Command.Item
          key={artifactDigest}
          value={`file ${artifactDigest}`}
          onSelect={() => go(filePath(artifactDigest, path))}
          className={ITEM}
        >
          <span className="min-w-0 flex-1 truncate font-mono text-xs">
            <Visible text={`/${path}`} />
          </span>
          <span className="max-w-48 shrink-0 truncate text-xs text-dim">
            <Visible text={artifactName} /> · {formatBytes(bytes)}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function NodeResults({ nodes, go }: { nodes: FindAnswer["nodes"]; go: (href: string) => void }) {
  if (nodes.length === 0) return null;
  return (
    <Command.Group heading="Components" className={GROUP}>
      {nodes.map((node) => (
        <Command.Item
          key={node.id}
          value={node.id}
          onSelect={() => go(whyPath(node.artifactDigest, node.nodeIndex))}
          className={ITEM}
        >
          <KindMark kind={node.kind} />
          <span className="min-w-0 flex-1 truncate">
            <Visible text={node.name} />{" "}
            <span className="text-dim">
              <Visible text={node.version} />
            </span>
            <StoreHash id={node.id} />
          </span>
          <span className="shrink-0 truncate text-xs text-dim">
            {node.artifactCount > 1 ? (
              `in ${formatCounted(node.artifactCount, "artifact")}`
            ) : (
              <Visible text={node.artifactName} />
            )}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Two store items of one name differ in their hash alone. */
function StoreHash({ id }: { id: string }) {
  const hash = splitStorePath(id)?.hash;
  return hash === undefined ? null : <span className="ml-2 font-mono text-2xs text-dim">{shortDigest(hash)}</span>;
}
