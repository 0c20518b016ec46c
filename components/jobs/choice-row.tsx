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
        className={`grid min-h-9 cursor-pointer grid-cols-[auto_minmax(0,1fr)_5rem] items-center gap-x-2.5 sm:grid-cols-[auto_minmax(0,1fr)_auto_5rem] rounded-md px-2 py-1 ${isChosen ? "bg-wash" : "hover:bg-shade"}`}
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
        <span className="col-start-2 row-start-2 text-xs text-dim sm:col-start-3 sm:row-start-1 sm:text-right">
          {note}
        </span>
        <span className="col-start-3 row-start-1 text-right sm:col-start-4">{size}</span>
      </label>
    </li>
  );
}
