"use client";

import { usePathname, useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { labelText } from "#lib/display/shown-text.ts";

interface TakeBoxProps {
  /** The URL parameter, and the value that a checked box adds to it. */
  readonly name: "take" | "gone";
  readonly value: string;
  readonly checked: boolean;
  readonly label: string;
}

/** A check box whose state is part of the URL: the server sums what is selected. */
export function TakeBox({ name, value, checked, label }: TakeBoxProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const [isChecked, setChecked] = useOptimistic(checked);
  const toggle = (next: boolean) => {
    // Not from the rendered page: another box may be on its way.
    const parameters = new URLSearchParams(window.location.search);
    parameters.delete(name, value);
    if (next) parameters.append(name, value);
    startTransition(() => {
      setChecked(next);
      router.replace(parameters.size === 0 ? pathname : `${pathname}?${parameters}`, { scroll: false });
    });
  };
  return (
    <input
      type="checkbox"
      aria-label={labelText(label)}
      aria-busy={pending}
      checked={isChecked}
      onChange={(event) => toggle(event.target.checked)}
      className="mt-0.5 size-5 shrink-0 accent-(--accent)"
    />
  );
}
