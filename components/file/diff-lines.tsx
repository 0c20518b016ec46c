"use client";

import { useState } from "react";
import { useLookup } from "#components/jobs/use-lookup.ts";
import { ScrollPane } from "#components/ui/scroll-pane.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { DiffLine, TextDiff } from "#lib/model/text-diff.ts";
import { Line } from "./file-contents.tsx";
import { shownLine } from "./text-lines.tsx";

/** The difference of two texts, read from the sources of their artifacts. */
export function DiffLines({ path, isRemote }: { path: string; isRemote: boolean }) {
  const [isAsked, setAsked] = useState(!isRemote);
  const { last, isPending } = useLookup<TextDiff>(isAsked ? path : undefined, 0);
  return (
    <>
      <div aria-live="polite" aria-busy={isPending}>
        {isAsked ? null : (
          <>
            <Line>Bytes are not stored. Reading them downloads a layer of each side up to the file&apos;s end.</Line>
            <button type="button" className="button mt-3" onClick={() => setAsked(true)}>
              Read both files
            </button>
          </>
        )}
        {isPending ? <Line>Reading both files…</Line> : null}
        {last === undefined || last.answer !== undefined ? null : <Line warn>{last.line}</Line>}
      </div>
      {last?.answer === undefined ? null : <Lines diff={last.answer} />}
    </>
  );
}

const SIGNS: Readonly<Record<DiffLine["kind"], string>> = { same: " ", removed: "−", added: "+", gap: "⋯" };
const COLOURS: Readonly<Record<DiffLine["kind"], string | undefined>> = {
  same: undefined,
  removed: "color-mix(in oklab, var(--side-left) 22%, transparent)",
  added: "color-mix(in oklab, var(--side-right) 22%, transparent)",
  gap: "var(--shade)",
};

function Lines({ diff: { lines, added, removed, restCount } }: { diff: TextDiff }) {
  const rows = lines.map((line, i) => ({ ...line, key: `${i}` }));
  return (
    <>
      <Line>
        {formatCounted(removed, "line")} only on the left, {formatCounted(added, "line")} only on the right.
      </Line>
      <ScrollPane label="Lines that differ">
        <table className="w-full font-mono text-xs leading-5">
          <tbody>
            {rows.map(({ key, kind, left, right, text }) => (
              <tr key={key} style={{ background: COLOURS[kind] }} data-change={kind}>
                <LineNumber value={kind === "gap" ? 0 : left} />
                <LineNumber value={kind === "gap" ? 0 : right} />
                <td className="w-4 text-center align-top">{SIGNS[kind]}</td>
                <td className="pr-3 break-all whitespace-pre-wrap">{kind === "gap" ? "" : shownLine(text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPane>
      {restCount === 0 ? null : <Line>{formatCounted(restCount, "more line")} not shown.</Line>}
    </>
  );
}

function LineNumber({ value }: { value: number }) {
  return (
    <td className="w-1 px-2 text-right align-top text-dim tabular-nums select-none">{value === 0 ? "" : value}</td>
  );
}
