import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { SideMark } from "#components/ui/marks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatMode } from "#lib/display/file-mode.ts";
import { contentDiffPath, openedFilePath, withQuery } from "#lib/display/paths.ts";
import type { Side } from "#lib/display/sides.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { FileView } from "#lib/views/file.ts";
import { DiffLines } from "./diff-lines.tsx";
import { ReadersNote } from "./file-screen.tsx";

interface DiffScreenProps {
  readonly left: FileView;
  readonly right: FileView;
  /** Whether the server opens sources for this person. */
  readonly mayRead: boolean;
}

/** One path of two artifacts: what it is on both sides, and the difference of the texts. */
export function DiffScreen({ left, right, mayRead }: DiffScreenProps) {
  const { path } = left.file;
  const [a, b] = [left.artifact.digest, right.artifact.digest];
  const isText = left.file.content !== undefined && right.file.content !== undefined;
  const isSame = isText && left.file.content?.digest === right.file.content?.digest;
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        <Link href={withQuery("/compare", { a: shortDigest(a), b: shortDigest(b) })} className="text-link">
          All changes
        </Link>
      </p>
      <h1 className="text-2xl font-medium tracking-tight break-all">
        <Visible text={path.startsWith("/") ? path : `/${path}`} />
      </h1>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        <SideFacts view={left} side="left" />
        <SideFacts view={right} side="right" />
      </div>
      <section aria-labelledby="difference" className="mt-8">
        <h2 id="difference" className="mb-2 text-base font-medium tracking-tight">
          Difference
        </h2>
        {isSame ? (
          <p className="text-[0.8125rem] text-dim">The content is the same on both sides.</p>
        ) : isText && !mayRead ? (
          <ReadersNote />
        ) : isText ? (
          <DiffLines path={contentDiffPath(a, b, path)} isRemote={left.isRemote || right.isRemote} />
        ) : (
          <p className="text-[0.8125rem] text-dim">Only regular files are compared line by line.</p>
        )}
      </section>
    </>
  );
}

function SideFacts({ view: { artifact, file }, side }: { view: FileView; side: Side }) {
  return (
    <div className="min-w-0 rounded-lg border border-line px-4 py-3 text-xs">
      <p className="flex items-center gap-2 text-[0.8125rem]">
        <SideMark side={side} />
        <Link
          href={openedFilePath(artifact.digest, file.path.replace(/^\//, ""))}
          prefetch={false}
          className="text-link min-w-0 truncate"
        >
          <Visible text={artifact.name} />
        </Link>
      </p>
      <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-dim">
        <Bytes value={file.byteCount} />
        <span className="font-mono">{formatMode(file.kind, file.mode)}</span>
        <span>
          {file.uid}, {file.gid}
        </span>
        {file.content === undefined ? <Visible text={file.target} /> : <Digest value={file.content.digest} />}
      </p>
    </div>
  );
}
