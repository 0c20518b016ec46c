"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { EarlyKeys } from "./early-keys.ts";
import { PageKeys } from "./page-keys.ts";

// Loaded when the search first opens, so that no page pays for it.
const SearchDialog = dynamic(() => import("./search-dialog.tsx").then(({ SearchDialog: dialog }) => dialog), {
  ssr: false,
});

/** Opens the search: by click, ⌘K or Ctrl-K, or a slash where there is no field to find in. Other keys that work alone lead to pages. */
export function SearchButton({ canWrite }: { canWrite: boolean }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const command = useSyncExternalStore(neverChanges, commandKey, () => OTHER_KEY);
  const [early] = useState(() => new EarlyKeys());
  const change = (next: boolean) => {
    if (next) early.start();
    else early.stop();
    setWanted((before) => before || next);
    setOpen(next);
  };
  const toggle = useEffectEvent(() => change(!open));
  useEffect(() => {
    const keys = new PageKeys();
    const takeEarly = (event: KeyboardEvent) => {
      if (event.key === "Escape") early.stop();
      if (!early.take(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const listen = (event: KeyboardEvent) => {
      // A part of the page may have used the key.
      const asked = event.defaultPrevented ? undefined : keys.read(event, window.location.pathname);
      if (asked === undefined) return;
      event.preventDefault();
      if (asked.does === "open") return router.push(asked.href);
      if (asked.does === "search") toggle();
    };
    document.addEventListener("keydown", takeEarly, true);
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", takeEarly, true);
      document.removeEventListener("keydown", listen);
    };
  }, [router, early]);
  // The dialog has no trigger, so closing it would leave the focus nowhere.
  useEffect(() => (open ? () => button.current?.focus() : undefined), [open]);
  return (
    <>
      <button
        ref={button}
        type="button"
        onClick={() => change(true)}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-8 items-center gap-2 rounded-md px-2 text-[0.8125rem] text-dim hover:bg-shade hover:text-ink sm:w-56 sm:border sm:border-line sm:bg-raised"
      >
        <Search aria-hidden size={15} />
        <span className="sr-only sm:not-sr-only">Search</span>
        <kbd className="ml-auto hidden font-sans text-xs sm:inline">{command}</kbd>
      </button>
      {wanted ? (
        <SearchDialog open={open} onOpenChange={change} takeTyped={() => early.stop()} canWrite={canWrite} />
      ) : null}
    </>
  );
}

const APPLE_KEY = "⌘K";
const OTHER_KEY = "Ctrl K";

/** A platform never changes. */
function neverChanges(): () => void {
  return () => undefined;
}

function commandKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? APPLE_KEY : OTHER_KEY;
}
