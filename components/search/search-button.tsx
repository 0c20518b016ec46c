"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { isSingleKey } from "#components/ui/single-keys.ts";

// Loaded when the search first opens, so that no page pays for it.
const SearchDialog = dynamic(() => import("./search-dialog.tsx").then(({ SearchDialog: dialog }) => dialog), {
  ssr: false,
});

/** Opens the search: by click, ⌘K, Ctrl-K or a slash. */
export function SearchButton() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const command = useSyncExternalStore(neverChanges, commandKey, () => OTHER_KEY);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isSearchKey(event)) return;
      event.preventDefault();
      setWanted(true);
      setOpen((shown) => !shown);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  // The dialog has no trigger, so closing it would leave the focus nowhere.
  useEffect(() => (open ? () => button.current?.focus() : undefined), [open]);
  return (
    <>
      <button
        ref={button}
        type="button"
        onClick={show}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-8 items-center gap-2 rounded-md px-2 text-[0.8125rem] text-dim hover:bg-shade hover:text-ink sm:w-56 sm:border sm:border-line sm:bg-raised"
      >
        <Search aria-hidden size={15} />
        <span className="sr-only sm:not-sr-only">Search</span>
        <kbd className="ml-auto hidden font-sans text-xs sm:inline">{command}</kbd>
      </button>
      {wanted ? <SearchDialog open={open} onOpenChange={setOpen} /> : null}
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

function isSearchKey(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) return true;
  return isSingleKey(event, "/");
}
