import type { Metadata } from "next";
import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata: Metadata = { title: "Component not found" };

export default function ComponentNotFound() {
  return (
    <NotFoundNotice
      what="Component"
      how="Either there is no such artifact, or it has no such component. Use a component's id or name."
      href="/"
      link="All artifacts"
    />
  );
}
