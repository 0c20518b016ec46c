"use client";

import { useState } from "react";
import { ScrollPane } from "#components/ui/scroll-pane.tsx";
import { visibleText } from "#lib/display/visible-text.ts";
import { cutText } from "#lib/model/cut-text.ts";

/** Lines shown at first, and UTF-16 units of one line. */
const FIRST_LINES = 1000;
const MAX_LINE_LENGTH = 4000;

/** A text with line numbers. Hidden and reordering characters are written out; tabs stay. */
export function TextLines({ text }: { text: string }) {
  const [isAll, setAll] = useState(false);
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const shown = (isAll ? lines : lines.slice(0, FIRST_LINES)).map((line, i) => ({
    line: shownLine(line),
    number: i + 1,
  }));
  return (
    <>
      <ScrollPane label="Text">
        <table className="w-full font-mono text-xs leading-5">
          <tbody>
            {shown.map(({ line, number }) => (
              <tr key={number}>
                <td className="w-1 pr-3 pl-3 text-right align-top text-dim tabular-nums select-none">{number}</td>
                <td className="pr-3 break-all whitespace-pre-wrap">{line}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPane>
      {shown.length < lines.length ? (
        <button type="button" className="button mt-2" onClick={() => setAll(true)}>
          Show {lines.length - shown.length} more lines
        </button>
      ) : null}
    </>
  );
}

/** One line of a file, safe to show. */
export function shownLine(line: string): string {
  return cutText(line, MAX_LINE_LENGTH).split("\t").map(visibleText).join("\t");
}
