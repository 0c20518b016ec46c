"use client";

import { type ReactNode, useState } from "react";
import { useLookup } from "#components/jobs/use-lookup.ts";
import { ListedTexts } from "#components/ui/listed-texts.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { ElfFacts, FileReading } from "#lib/model/opened-file.ts";
import { TextLines } from "./text-lines.tsx";

interface FileContentsProps {
  /** The route that reads it. */
  readonly path: string;
  /** The source that is tried first. */
  readonly source: string | undefined;
  readonly isRemote: boolean;
  /** What the linker reads of it is on the page already. */
  readonly isDescribed: boolean;
}

/** The file's contents, read from a source of its artifact: at once from this machine, after a click from another. */
export function FileContents({ path, source, isRemote, isDescribed }: FileContentsProps) {
  const [isAsked, setAsked] = useState(!isRemote);
  const { last, isPending } = useLookup<FileReading>(isAsked && source !== undefined ? path : undefined, 0);
  return (
    <section aria-labelledby="contents" aria-busy={isPending}>
      <h2 id="contents" className="mb-2 text-base font-medium tracking-tight">
        Contents
      </h2>
      <div aria-live="polite">
        {source === undefined ? <Line>No source is recorded from which it could be read.</Line> : null}
        {isAsked || source === undefined ? null : (
          <>
            <Line>
              Bytes are not stored. Reading them downloads the layer up to the file&apos;s end from{" "}
              <Visible text={source} className="font-mono break-all" />.
            </Line>
            <button type="button" className="button mt-3" onClick={() => setAsked(true)}>
              Read the file
            </button>
          </>
        )}
        {isPending ? (
          <Line>
            Reading from <Visible text={source ?? ""} className="font-mono break-all" />…
          </Line>
        ) : null}
        {last === undefined || last.answer !== undefined ? null : <Line warn>{last.line}</Line>}
      </div>
      {last?.answer === undefined ? null : <Reading reading={last.answer} isDescribed={isDescribed} />}
    </section>
  );
}

/** One line about the contents. */
export function Line({ warn = false, children }: { warn?: boolean; children: ReactNode }) {
  return <p className={`text-[0.8125rem] break-words ${warn ? "text-warn" : "text-dim"}`}>{children}</p>;
}

interface ReadingProps extends Pick<FileContentsProps, "isDescribed"> {
  readonly reading: FileReading;
}

function Reading({ reading: { source, text, isCut, elf }, isDescribed }: ReadingProps) {
  return (
    <>
      <Line>
        From <Visible text={source} className="font-mono break-all" />; its digest is the one that was scanned.
      </Line>
      {elf === undefined ? null : <Elf elf={elf} isDescribed={isDescribed} />}
      {text === undefined ? (
        elf === undefined ? (
          <Line>Binary: not UTF-8 text.</Line>
        ) : null
      ) : (
        <Text text={text} isCut={isCut} />
      )}
    </>
  );
}

function Text({ text, isCut }: { text: string; isCut: boolean }) {
  if (text === "") return <Line>The file is empty.</Line>;
  return (
    <>
      <TextLines text={text} />
      {isCut ? <Line>The file is longer; this is its beginning.</Line> : null}
    </>
  );
}

function Elf({ elf, isDescribed }: { elf: ElfFacts; isDescribed: boolean }) {
  const { bits, byteOrder, type, machine, interpreter, soname, needed, rpath, runpath, buildId, isIncomplete } = elf;
  const facts: [string, readonly string[]][] = [
    ["Type", [`ELF ${bits}-bit ${type}, ${byteOrder}`]],
    ["Machine", [machine]],
    ["Interpreter", [interpreter]],
    ["SONAME", [soname]],
    ["Needed", needed],
    ["RPATH", [rpath]],
    ["RUNPATH", [runpath]],
    ["Build ID", [buildId]],
  ];
  return (
    <>
      <dl className="mt-4 grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-xs" aria-label="ELF header">
        {facts.slice(0, isDescribed ? 1 : undefined).map(([label, values]) => (
          <div key={label} className="contents">
            <dt className="text-dim">{label}</dt>
            <dd className="min-w-0 font-mono break-all">
              {values.join("") === "" ? <span className="text-dim">none</span> : <ListedTexts texts={values} />}
            </dd>
          </div>
        ))}
      </dl>
      {isIncomplete ? (
        <Line warn>Parts that the header names are missing, damaged, or too far into the file.</Line>
      ) : null}
    </>
  );
}
