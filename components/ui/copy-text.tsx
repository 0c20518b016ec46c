"use client";

import { type ReactNode, useState } from "react";
import { labelText } from "#lib/display/shown-text.ts";

/** How long a result is shown, in milliseconds. */
const SHOWN_FOR = 2000;

/** Copies a text, and says for a while how that went. */
function useCopy(text: string) {
  const [state, setState] = useState<"ready" | "copied" | "refused">("ready");
  const copy = async () => {
    // A browser has no clipboard for pages from another machine over plain HTTP.
    const copied = navigator.clipboard?.writeText(text).then(() => true);
    setState((await copied?.catch(() => false)) ? "copied" : "refused");
    setTimeout(() => setState("ready"), SHOWN_FOR);
  };
  return { state, copy };
}

const LINK_LABELS = { ready: "Copy link", copied: "Copied", refused: "Copy it from the address bar" };

/** The button that copies a report's URL, and shows the result. */
export function CopyLink({ url }: { url: string }) {
  const { state, copy } = useCopy(url);
  return (
    <button type="button" onClick={copy} className="button main min-w-24 justify-center">
      <span aria-live="polite">{LINK_LABELS[state]}</span>
    </button>
  );
}

interface CopyTextProps {
  /** The text for the clipboard. */
  readonly text: string;
  /** The kind of text, for the button's name: `digest`, `command`. */
  readonly what: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A text that one click copies. */
export function CopyText({ text, what, children, className = "" }: CopyTextProps) {
  const { state, copy } = useCopy(text);
  return (
    <button
      type="button"
      onClick={copy}
      data-tip={labelText(text)}
      className={`relative rounded-sm text-left hover:text-accent ${className}`}
    >
      <span className={state === "ready" ? undefined : "invisible"}>{children}</span>
      <span className="sr-only"> (copy {what})</span>
      {state === "ready" ? null : (
        <span role="status" className="absolute inset-y-0 left-0 font-sans text-accent">
          {state === "copied" ? "Copied" : "Not copied"}
        </span>
      )}
    </button>
  );
}
