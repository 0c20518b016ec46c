import Link from "next/link";
import type { ReactNode } from "react";
import { Bytes } from "#components/ui/bytes.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatMode } from "#lib/display/file-mode.ts";
import { ENTRY_KIND_WORDS, formatTime } from "#lib/display/file-words.ts";
import { artifactPath, contentsPath, layerPath, openedFilePath, whyPath } from "#lib/display/paths.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { FileAnswer, LinkWay, PathStep } from "#lib/model/opened-file.ts";
import type { FileView } from "#lib/views/file.ts";
import { FileContents } from "./file-contents.tsx";
import { ProgramPanel } from "./program-panel.tsx";

interface FileScreenProps {
  readonly view: FileView;
  /** Whether the server opens sources for this person. */
  readonly mayRead: boolean;
}

/** What a file is, and what is in it. */
export function FileScreen({ view, mayRead }: FileScreenProps) {
  const { artifact, file, isRemote } = view;
  const name = file.path.split("/").at(-1) ?? "";
  return (
    <>
      <p className="mb-1 text-[0.8125rem] break-all text-dim">
        <Link href={artifactPath(artifact.digest)} className="text-link">
          <Visible text={artifact.name} />
        </Link>
        {file.layer < 0 ? null : (
          <>
            {" / "}
            <Link href={layerPath(artifact.digest, file.layer)} className="quiet-link">
              Layer {file.layer}
            </Link>
          </>
        )}
      </p>
      <h1 className="text-2xl font-medium tracking-tight break-all">
        <Visible text={name === "" ? "/" : name} />
      </h1>
      <p className="mt-1 font-mono text-xs break-all text-dim">
        <Visible text={absolute(file.path)} />
      </p>
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <div className="min-w-0">
          <Facts view={view} />
          <History file={file} digest={artifact.digest} />
          <Holders file={file} />
        </div>
        <div className="min-w-0">
          <Way way={file.way} digest={artifact.digest} />
          <ProgramPanel program={file.program} digest={artifact.digest} />
          {file.content === undefined ? (
            <NoContents file={file} />
          ) : mayRead ? (
            <FileContents
              path={contentsPath(artifact.digest, file.path, file.layer < 0 ? undefined : file.layer)}
              source={file.sources[0]}
              isRemote={isRemote}
              isDescribed={file.program?.kind === "elf"}
            />
          ) : (
            <ReadersNote />
          )}
        </div>
      </div>
    </>
  );
}

function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

function Facts({ view: { artifact, file } }: { view: FileView }) {
  const { kind, mode, uid, gid, mtime, byteCount, content, layer, isVisible, owner, target } = file;
  const facts: [string, ReactNode][] = [
    ["Kind", ENTRY_KIND_WORDS[kind]],
    ["Size", content === undefined ? null : <Bytes key="size" value={byteCount} />],
    ["Target", target === "" ? null : <Visible key="target" text={target} className="font-mono break-all" />],
    ["Mode", <span key="mode" className="font-mono">{`${formatMode(kind, mode)} (${mode.toString(8)})`}</span>],
    ["User, group", `${uid}, ${gid}`],
    ["Modified", formatTime(mtime)],
    ["SHA-256", content === undefined ? null : <Digest key="digest" value={content.digest} />],
    [
      "Layer",
      layer < 0 ? null : (
        <Link key="layer" href={layerPath(artifact.digest, layer, { text: `/${file.path}` })} className="text-link">
          {layer}
        </Link>
      ),
    ],
    [
      "In a container",
      isVisible ? (
        "visible"
      ) : (
        <span key="hidden" className="text-warn">
          not visible: a layer above hides it
        </span>
      ),
    ],
    [
      "Belongs to",
      owner === undefined ? null : (
        <Link
          key="owner"
          href={whyPath(artifact.digest, owner.nodeIndex)}
          prefetch={false}
          className="text-link inline-flex items-center gap-1.5"
        >
          <KindMark kind={owner.kind} />
          {owner.kind === "unowned" ? "no package, " : null}
          <Visible text={`${owner.name} ${owner.version}`.trim()} />
        </Link>
      ),
    ],
  ];
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 text-xs leading-6" aria-label="Facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-dim">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function History({ file: { history, layer, path }, digest }: { file: FileAnswer; digest: string }) {
  if (history.length === 0) return null;
  return (
    <Section id="history" title="Through the layers" note="oldest first">
      <ol className="border-t border-line text-xs">
        {history.map((step) => (
          <li
            key={step.layer}
            aria-current={step.layer === layer ? "step" : undefined}
            className="flex flex-wrap gap-x-3 border-b border-line px-2 py-1.5 aria-[current]:bg-wash"
          >
            <Link
              href={step.deed === "removed" ? layerPath(digest, step.layer) : openedFilePath(digest, path, step.layer)}
              prefetch={false}
              className="text-link"
            >
              Layer {step.layer}
            </Link>
            <span className={step.deed === "removed" ? "text-warn" : undefined}>{deedWords(step)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function deedWords({ deed, because, isSameContent }: PathStep): ReactNode {
  if (deed === "changed") return isSameContent ? "contains it again, same content" : "changed it";
  if (deed === "added") return "added it";
  if (because === "") return "removed it";
  return (
    <>
      removed it with <Visible text={`/${because}`} className="font-mono break-all" />
    </>
  );
}

function Holders({ file: { holders, hasMoreHolders, content } }: { file: FileAnswer }) {
  if (content === undefined) return null;
  return (
    <Section id="same" title="Same content elsewhere">
      {holders.length === 0 ? (
        <p className="text-[0.8125rem] text-dim">No other artifact has this content.</p>
      ) : (
        <ul className="border-t border-line text-xs">
          {holders.map(({ digest, name, path }) => (
            <li key={digest} className="border-b border-line px-2 py-1.5">
              <Link href={openedFilePath(digest, path.replace(/^\//, ""))} prefetch={false} className="text-link">
                <Visible text={name} />
              </Link>
              <span className="block font-mono break-all text-dim">
                <Visible text={absolute(path)} />
              </span>
            </li>
          ))}
          {hasMoreHolders ? <li className="px-2 py-1.5 text-dim">and more artifacts</li> : null}
        </ul>
      )}
    </Section>
  );
}

/** Every symlink on the way, and where it ends. */
function Way({ way, digest }: { way: LinkWay | undefined; digest: string }) {
  if (way === undefined) return null;
  const { steps, end, endKind } = way;
  return (
    <section aria-labelledby="way" className="mb-8">
      <h2 id="way" className="mb-2 text-base font-medium tracking-tight">
        Where the link leads
      </h2>
      <ol className="space-y-1.5 font-mono text-xs">
        {steps.map(({ path, target }) => (
          <li key={path} className="break-all">
            <Visible text={`/${path}`} /> <span className="text-dim">→</span> <Visible text={target} />
          </li>
        ))}
        <li className="break-all">
          {end === undefined ? (
            <span className="font-sans text-warn">The links lead in a circle.</span>
          ) : endKind === undefined ? (
            <>
              <Visible text={`/${end}`} /> <span className="font-sans text-warn">nothing is there</span>
            </>
          ) : (
            <Link href={openedFilePath(digest, end)} className="text-link" prefetch={false}>
              <Visible text={`/${end}`} />
            </Link>
          )}
        </li>
      </ol>
    </section>
  );
}

/** For readers without the token, for whom the server opens no sources. */
export function ReadersNote() {
  return (
    <p className="text-[0.8125rem] text-dim">
      Bytes are not stored, and only with the server&apos;s token are sources opened to show them.
    </p>
  );
}

function NoContents({ file: { kind } }: { file: FileAnswer }) {
  if (kind === EntryKind.symlink) return null;
  return <p className="text-[0.8125rem] text-dim">A {ENTRY_KIND_WORDS[kind]} has no contents.</p>;
}
