"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { postForm } from "#components/ui/post-form.ts";

const DIALOG = "scan-dialog";

/** Opens the dialog of the page. */
export function showScanDialog(): void {
  const dialog = document.getElementById(DIALOG);
  if (dialog instanceof HTMLDialogElement && document.querySelector("dialog[open]") === null) dialog.showModal();
}

/** Asks for an image of a registry, and queues its scan: from any page with the key S. */
export function ScanDialog() {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const [refusal, setRefusal] = useState("");
  const [isSent, setSent] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isScanKey(event)) return;
      event.preventDefault();
      showScanDialog();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setSent(true);
    const { ok, line } = await postForm(form);
    setSent(false);
    setRefusal(ok ? "" : line);
    if (!ok) return;
    form.reset();
    dialog.current?.close();
    router.push("/jobs");
  };
  return (
    <dialog
      ref={dialog}
      id={DIALOG}
      aria-labelledby="scan-title"
      onClose={() => setRefusal("")}
      className="m-auto mt-[12vh] w-[min(30rem,calc(100vw-2rem))] rounded-lg border border-line bg-raised p-0 text-ink shadow-2xl backdrop:bg-black/40"
    >
      <form method="post" action="/jobs/scan" onSubmit={send}>
        <div className="flex items-center justify-between px-5 pt-4">
          <h2 id="scan-title" className="text-base font-medium tracking-tight">
            Scan
          </h2>
          <button
            type="button"
            onClick={() => dialog.current?.close()}
            aria-label="Close"
            className="-mr-2 grid size-8 place-items-center rounded-md text-dim hover:bg-shade hover:text-ink"
          >
            <X aria-hidden size={16} />
          </button>
        </div>
        <div className="px-5 pt-3 pb-5">
          <label htmlFor="scan-source" className="mb-1.5 block text-[0.8125rem]">
            Image in a registry
          </label>
          <input
            id="scan-source"
            name="source"
            autoFocus
            required
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={512}
            placeholder="registry.example.com/shop/app:1.0"
            aria-invalid={refusal !== ""}
            aria-describedby="scan-hint"
            onChange={() => setRefusal("")}
            className="h-10 w-full rounded-md border border-line-strong bg-ground px-3 font-mono text-[0.8125rem] placeholder:text-dim"
          />
          <p id="scan-hint" aria-live="polite" className="mt-2 min-h-10 text-xs wrap-anywhere text-dim">
            {refusal === "" ? (
              "A pasted docker pull command works too. End with :* for all tags, or with /* for all repositories."
            ) : (
              <span className="text-warn">{refusal}</span>
            )}
          </p>
        </div>
        <div className="flex items-center justify-between gap-4 border-t border-line px-5 py-3">
          <span className="text-xs text-dim">Scans run in the background.</span>
          <button type="submit" disabled={isSent} className="button main">
            Scan
            <kbd aria-hidden className="ml-2 rounded border border-current px-1 font-sans text-2xs opacity-60">
              ↵
            </kbd>
          </button>
        </div>
      </form>
    </dialog>
  );
}

function isScanKey({ key, metaKey, ctrlKey, altKey, target }: KeyboardEvent): boolean {
  if (key.toLowerCase() !== "s" || metaKey || ctrlKey || altKey) return false;
  const typing =
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  return !typing && document.querySelector("[role=dialog]") === null;
}
