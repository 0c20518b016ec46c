"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { formatBytes } from "#lib/display/bytes.ts";
import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import { SELECTED } from "./selected.ts";

const BUTTON = "rounded-md px-3 py-1.5 font-medium disabled:opacity-50";

/**
 * A form around rows with check boxes. While some are checked a bar says how many and leads on: the selection is the address
 * of the next page. Boxes have their bytes in `data-bytes`, if they are known.
 */
export function Selection({ children }: { children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  const [{ count, bytes }, setChecked] = useState({ count: 0, bytes: 0 });
  const read = () => {
    const boxes = [...(form.current?.querySelectorAll<HTMLInputElement>(`input[name="${SELECTED}"]:checked`) ?? [])];
    setChecked({ count: boxes.length, bytes: boxes.reduce((sum, box) => sum + Number(box.dataset.bytes), 0) });
  };
  // A browser that goes back checks the boxes again by itself.
  useEffect(read, []);
  const clear = () => {
    form.current?.reset();
    read();
  };
  return (
    <form ref={form} onChange={read} onKeyDown={({ key }) => key === "Escape" && clear()}>
      {children}
      {count === 0 ? null : (
        <div
          role="toolbar"
          aria-label="Selected artifacts"
          className="sticky bottom-4 z-20 mx-auto mt-6 flex w-fit max-w-full flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-raised px-4 py-2.5 text-[0.8125rem] shadow-lg"
        >
          <span aria-live="polite">
            <strong className="font-medium">{count} selected</strong> <span className="text-dim">{toSum(bytes)}</span>
          </span>
          <span className="flex flex-wrap gap-2">
            <button
              type="submit"
              formAction="/compare"
              disabled={count < MIN_SETS || count > MAX_SETS}
              className={`${BUTTON} bg-ink text-ground`}
            >
              {count < MIN_SETS ? "Select one more to compare" : count > MAX_SETS ? `At most ${MAX_SETS}` : "Compare"}
            </button>
            <button
              type="submit"
              formAction="/savings"
              disabled={count > MAX_SETS}
              className={`${BUTTON} border border-line-strong`}
            >
              Savings
            </button>
            <button
              type="submit"
              formAction="/delete"
              className={`writes ${BUTTON} border border-line-strong text-warn`}
            >
              Delete…
            </button>
          </span>
          <button type="button" onClick={clear} className="text-dim hover:text-accent">
            Clear
          </button>
        </div>
      )}
    </form>
  );
}

/** Bytes of contents and bytes of downloads have no sum. */
function toSum(bytes: number): string {
  return Number.isNaN(bytes) ? "" : `${formatBytes(bytes)} without sharing`;
}
