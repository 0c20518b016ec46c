import type { ReactNode } from "react";
import { Visible } from "#components/ui/visible.tsx";

interface ChoiceRowProps {
  readonly name: string;
  readonly isChosen: boolean;
  readonly choose: (isChosen: boolean) => void;
  /** What is known of it, and its bytes. */
  readonly note: ReactNode;
  readonly size: ReactNode;
}

/** A row of a list to choose from. */
export function ChoiceRow({ name, isChosen, choose, note, size }: ChoiceRowProps) {
  return (
    <li>
      <label
        className={`grid min-h-9 cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto_5rem] items-center gap-x-2.5 rounded-md px-2 py-1 ${isChosen ? "bg-wash" : "hover:bg-shade"}`}
      >
        <input
          type="checkbox"
          checked={isChosen}
          onChange={({ currentTarget }) => choose(currentTarget.checked)}
          className="size-4 accent-(--accent)"
        />
        <span className="truncate font-mono text-xs">
          <Visible text={name} />
        </span>
        <span className="text-right text-xs text-dim">{note}</span>
        <span className="text-right">{size}</span>
      </label>
    </li>
  );
}
