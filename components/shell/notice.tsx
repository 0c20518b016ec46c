import type { ReactNode } from "react";
import { Page } from "./page.tsx";

/** A page that has one thing to say and one thing to do. */
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
