"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

// The dialog and its list are fetched when a person first asks for them: no page pays for them on loading.
const SearchDialog = dynamic(() => import("./search-dialog.tsx").then(({ SearchDialog: dialog }) => dialog), {
  ssr: false,
});

/** Opens the search over everything: a click, ⌘K, Ctrl-K or a slash. */
export function SearchButton() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
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
  return (
    <>
      <button
        type="button"
        onClick={show}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-8 items-center gap-2 rounded-md px-2 text-[0.8125rem] text-dim hover:bg-shade hover:text-ink sm:w-56 sm:border sm:border-line sm:bg-raised"
      >
        <Search aria-hidden size={15} />
        <span className="sr-only sm:not-sr-only">Search</span>
        <kbd className="ml-auto hidden font-sans text-xs sm:inline">⌘K</kbd>
      </button>
      {wanted ? <SearchDialog open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}

function isSearchKey(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) return true;
  const target = event.target;
  const typing =
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  return event.key === "/" && !typing;
}
