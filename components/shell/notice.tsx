import type { ReactNode } from "react";
import { Page } from "./page.tsx";

/** A page with one message and one action. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page>
      <div className="max-w-xl">
        <h1 className="text-2xl font-medium tracking-tight">{title}</h1>
        <div className="mt-2 space-y-4 text-dim">{children}</div>
      </div>
    </Page>
  );
}
