import { Command, useCommandState } from "cmdk";
import type { ReactNode } from "react";

/** What a list says that has no entry: as an entry that cannot be chosen, since a listbox may hold nothing else (ARIA 1.2). */
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
