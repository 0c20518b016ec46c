"use client";

import { type ReactNode, useState } from "react";
import { labelText } from "#lib/display/shown-text.ts";

const SHOWN_FOR = 1500;

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
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_FOR);
  };
  return (
    <button
      type="button"
      onClick={copy}
      data-tip={labelText(text)}
      className={`relative rounded-sm text-left hover:text-accent ${className}`}
    >
      <span className={copied ? "invisible" : undefined}>{children}</span>
      <span className="sr-only"> (copy {what})</span>
      {copied ? (
        <span role="status" className="absolute inset-y-0 left-0 font-sans text-accent">
          Copied
        </span>
      ) : null}
    </button>
  );
}
