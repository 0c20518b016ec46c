"use client";

import { useState } from "react";

/** How long the button shows the result, in milliseconds. */
const SHOWN_FOR = 2000;

const LABELS = { ready: "Copy link", copied: "Copied", refused: "Copy it from the address bar" };

/** The button that copies a report's URL, and shows the result. */
export function CopyLink({ url }: { url: string }) {
  const [state, setState] = useState<keyof typeof LABELS>("ready");
  const copy = async () => {
    // A browser has no clipboard for pages from another machine over plain HTTP.
    const copied = await writeText(url);
    setState(copied ? "copied" : "refused");
    setTimeout(() => setState("ready"), SHOWN_FOR);
  };
  return (
    <button type="button" onClick={copy} className="button main min-w-24 justify-center">
      <span aria-live="polite">{LABELS[state]}</span>
    </button>
  );
}

async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
