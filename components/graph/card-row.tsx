import type { ReactNode } from "react";

/** A line of a hover card: a name, and its value at the right. */
export function CardRow({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd className="text-right">{children}</dd>
    </>
  );
}
