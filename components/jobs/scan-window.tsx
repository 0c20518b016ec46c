"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { ArchiveTab } from "./archive-tab.tsx";
import { MachineTab } from "./machine-tab.tsx";
import { RegistryTab } from "./registry-tab.tsx";
import type { ScanShown, ScanTab } from "./show-scan.ts";
import { upload } from "./uploads.ts";

const TABS = [
  { tab: "registry", label: "Registry" },
  { tab: "archive", label: "Archive" },
  { tab: "machine", label: "This machine" },
] as const satisfies readonly { tab: ScanTab; label: string }[];

/** The dialog: three ways to name what is to be scanned. A file dropped anywhere on it is uploaded. */
export function ScanWindow({ shown }: { shown: ScanShown }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const [tab, setTab] = useState<ScanTab>("registry");
  useEffect(() => {
    if (dialog.current === null || document.querySelector("dialog[open]") !== null) return;
    if (shown.tab !== undefined) setTab(shown.tab);
    dialog.current.showModal();
    dialog.current.querySelector<HTMLElement>("[data-focus]")?.focus();
  }, [shown]);
  const close = () => dialog.current?.close();
  const leave = () => {
    close();
    router.push("/jobs");
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (event.dataTransfer.files.length === 0) return;
    setTab("archive");
    upload(event.dataTransfer.files);
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="scan-title"
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      className="m-auto mt-[10vh] max-h-[85vh] w-[min(31rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-line bg-raised p-0 text-[0.8125rem] text-ink shadow-2xl backdrop:bg-black/40 open:flex open:flex-col"
    >
      <div className="flex items-center justify-between px-5 pt-4">
        <h2 id="scan-title" className="text-base font-medium tracking-tight">
          Scan
        </h2>
        <button
          type="button"
          onClick={close}
          aria-label="Close"
          className="-mr-2 grid size-8 place-items-center rounded-md text-dim hover:bg-shade hover:text-ink"
        >
          <X aria-hidden size={16} />
        </button>
      </div>
      <TabList chosen={tab} choose={setTab} />
      <div
        role="tabpanel"
        id="scan-panel"
        aria-labelledby={`scan-tab-${tab}`}
        className="flex min-h-0 flex-col overflow-y-auto"
      >
        {tab === "registry" ? <RegistryTab onQueued={leave} /> : null}
        {tab === "archive" ? <ArchiveTab onDone={close} /> : null}
        {tab === "machine" ? <MachineTab onQueued={leave} /> : null}
      </div>
    </dialog>
  );
}

/** Arrow keys move between tabs (ARIA Authoring Practices, "Tabs with Automatic Activation"). */
function TabList({ chosen, choose }: { chosen: ScanTab; choose: (tab: ScanTab) => void }) {
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = TABS.findIndex(({ tab }) => tab === chosen);
    const next = TABS[(at + step + TABS.length) % TABS.length]!.tab;
    choose(next);
    document.getElementById(`scan-tab-${next}`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label="What to scan"
      className="mx-5 mt-3 flex w-fit rounded-md border border-line p-0.5"
      onKeyDown={move}
    >
      {TABS.map(({ tab, label }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`scan-tab-${tab}`}
          aria-selected={tab === chosen}
          aria-controls="scan-panel"
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => choose(tab)}
          className={`h-7 rounded px-2.5 ${tab === chosen ? "bg-wash font-medium text-accent" : "text-dim hover:text-ink"}`}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
