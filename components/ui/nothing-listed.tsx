import { Command, useCommandState } from "cmdk";
import type { ReactNode } from "react";

/** The message of an empty list: a disabled entry, since a listbox may contain nothing else (ARIA 1.2). */
export function NothingListed({ children }: { children: ReactNode }) {
  const count = useCommandState(({ filtered }) => filtered.count);
  if (count > 0) return null;
  return (
    <Command.Item
      disabled
      forceMount
      value="nothing listed"
      className="px-3 py-6 text-center text-[0.8125rem] text-dim"
    >
      {children}
    </Command.Item>
  );
}
