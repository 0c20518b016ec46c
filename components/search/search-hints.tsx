import { type ReactNode, useState } from "react";
import { areSingleKeysOn, setSingleKeys } from "#components/ui/single-keys.ts";
import { Key } from "./search-rows.tsx";

/** What the keys do in the palette, how a text narrows the search, and the switch of the keys that work alone. */
export function SearchHints({ isChoosing, isEmpty }: { isChoosing: boolean; isEmpty: boolean }) {
  return (
    <>
      <p className="hidden flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-2 text-xs text-dim sm:flex">
        {isEmpty && !isChoosing ? <Prefixes /> : <Moves isChoosing={isChoosing} />}
        <span className="ml-auto">
          <Hint keys="Esc">{isChoosing ? "back" : "close"}</Hint>
        </span>
      </p>
      <SingleKeys />
    </>
  );
}

function Prefixes() {
  return (
    <>
      <span>
        Files start with <Key>/</Key>
      </span>
      <span>
        digests with <Key>sha256:</Key> or 6 hex digits
      </span>
      <span>
        commands with <Key>&gt;</Key>
      </span>
    </>
  );
}

function Moves({ isChoosing }: { isChoosing: boolean }) {
  return (
    <>
      <Hint keys="↑ ↓">move</Hint>
      <Hint keys="↵">open</Hint>
      {isChoosing ? null : <Hint keys="Tab">choose the artifact</Hint>}
      <Hint keys="Ctrl ↵">new tab</Hint>
    </>
  );
}

/** Switches off the keys that work alone: speech input would press them all the time. */
function SingleKeys() {
  const [isOn, setOn] = useState(areSingleKeysOn);
  const change = (next: boolean) => {
    setSingleKeys(next);
    setOn(next);
  };
  return (
    <label className="flex items-center gap-2 border-t border-line px-4 py-2 text-xs text-dim">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
        className="size-3.5 accent-(--accent)"
      />
      <span>
        Keys without Ctrl or ⌘: <Key>S</Key> scan, <Key>C</Key> compare, <Key>R</Key> remove, <Key>/</Key> find here,{" "}
        <Key>G</Key> and a letter: a page
      </span>
    </label>
  );
}

function Hint({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <span>
      <Key>{keys}</Key> {children}
    </span>
  );
}
