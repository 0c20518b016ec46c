import type { Metadata } from "next";
import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata: Metadata = { title: "Component not found" };

export default function ComponentNotFound() {
  return (
    <NotFoundNotice
      what="Component"
      how="Either the artifact is not here, or it has no such component. A component is found by its id or its name."
      href="/"
      link="All artifacts"
    />
  );
}
