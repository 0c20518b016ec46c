import Link from "next/link";
import type { ReactNode } from "react";
import { KindMark } from "#components/ui/marks.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { listedFilePath, whyPath } from "#lib/display/paths.ts";
import type { LinkedProgram, ProgramAnswer, ProgramNeed, ProgramVersion } from "#lib/model/program-answer.ts";

/** What the linker, or for a script the kernel, reads of a file, and the files that it finds in the image. */
export function ProgramPanel({ program, digest }: { program: ProgramAnswer | undefined; digest: string }) {
  if (program === undefined) return null;
  return (
    <section aria-labelledby="program" className="mb-8">
      <h2 id="program" className="mb-2 text-base font-medium tracking-tight">
        {program.kind === "script" ? "Script" : program.isProgram ? "Program" : "Library"}
      </h2>
      {program.kind === "script" ? (
        <p className="font-mono text-xs break-all">
          #!
          <Visible text={program.line} />
        </p>
      ) : (
        <Linked program={program} digest={digest} />
      )}
    </section>
  );
}

function Linked({ program, digest }: { program: LinkedProgram; digest: string }) {
  const { bits, machine, interpreter, needed, soname, rpath, runpath, buildId, versionsDefined, isResolved } = program;
  const facts: [string, ReactNode][] = [
    ["For", `${machine}, ${bits} bits`],
    ["SONAME", text(soname)],
    ["Started by", interpreter && <Need key="by" need={interpreter} digest={digest} isResolved={isResolved} />],
    ["RPATH", text(rpath)],
    ["RUNPATH", text(runpath)],
    ["Build ID", text(buildId)],
    ["Needs", needed.length > 0 && <NeedList key="needs" needs={needed} digest={digest} isResolved={isResolved} />],
    ["Defines", versionsDefined.length > 0 && <Defined key="defines" versions={versionsDefined} />],
  ];
  return (
    <>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-xs" aria-label="What the linker reads">
        {facts
          .filter(([, value]) => value !== undefined && value !== false && value !== "")
          .map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-dim">{label}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
      </dl>
      {isResolved ? null : (
        <p className="mt-2 text-[0.8125rem] text-dim">
          Scan the image again to see which files its needs resolve to: an earlier version read it.
        </p>
      )}
    </>
  );
}

function text(value: string): ReactNode {
  return value === "" ? undefined : <Visible key={value} text={value} className="font-mono break-all" />;
}

/** The versions of symbols that a library defines, behind a line: the C library has some fifty. */
function Defined({ versions }: { versions: readonly string[] }) {
  return (
    <details>
      <summary className="text-link w-fit">{formatCounted(versions.length, "symbol version")}</summary>
      <p className="mt-1 font-mono break-all">
        <Visible text={versions.join(" ")} />
      </p>
    </details>
  );
}

interface NeedListProps extends Omit<NeedProps, "need"> {
  readonly needs: readonly ProgramNeed[];
  /** Default: all. */
  readonly limit?: number;
}

/** Needs, a line each; a hostile file may name one twice. */
export function NeedList({ needs, limit = needs.length, ...common }: NeedListProps) {
  const lines = needs.slice(0, limit).map((need, i) => ({ need, key: `${i}` }));
  return (
    <ul className="space-y-1">
      {lines.map(({ need, key }) => (
        <li key={key}>
          <Need need={need} {...common} />
        </li>
      ))}
      {needs.length > limit ? <li className="text-dim">{formatCounted(needs.length - limit, "more need")}</li> : null}
    </ul>
  );
}

interface NeedProps {
  readonly need: ProgramNeed;
  readonly digest: string;
  readonly isResolved: boolean;
}

/** A name, the file that is found for it with its owner, and the versions that are needed of it. */
function Need({ need: { name, found, versions }, digest, isResolved }: NeedProps) {
  return (
    <>
      <Visible text={name} className="font-mono break-all" />
      {found === undefined ? (
        isResolved ? (
          <span className="text-warn"> is not found</span>
        ) : null
      ) : (
        <span className="text-dim">
          {" → "}
          <MaybeLink href={listedFilePath(digest, found.path)} className="text-link font-mono break-all">
            <Visible text={`/${found.path}`} />
          </MaybeLink>
          {found.owner === undefined ? null : (
            <>
              {" of "}
              <Link
                href={whyPath(digest, found.owner.nodeIndex)}
                prefetch={false}
                className="quiet-link inline-flex items-baseline gap-1.5"
              >
                <KindMark kind={found.owner.kind} />
                <Visible text={found.owner.name} />
              </Link>
            </>
          )}
        </span>
      )}
      {versions.length === 0 ? null : <Versions versions={versions} />}
    </>
  );
}

function Versions({ versions }: { versions: readonly ProgramVersion[] }) {
  return (
    <span className="block font-mono text-2xs break-all text-dim">
      {versions.map(({ name, isWeak, isMissing }, i) => (
        <span key={name} className={isMissing ? "text-warn" : undefined}>
          {i === 0 ? "" : " "}
          <Visible text={name} />
          {isMissing ? " (missing)" : isWeak ? " (weak)" : ""}
        </span>
      ))}
    </span>
  );
}
