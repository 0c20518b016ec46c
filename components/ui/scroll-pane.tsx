import type { ReactNode } from "react";

const LOOK = "mt-3 max-h-[70vh] overflow-auto rounded-md border border-line";

/** Long content in a box that scrolls both ways. Takes focus, so that the keyboard can scroll it too. */
export function ScrollPane({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keyboard (WCAG 2.1.1)
    <section aria-label={label} tabIndex={0} className={LOOK}>
      {children}
    </section>
  );
}
