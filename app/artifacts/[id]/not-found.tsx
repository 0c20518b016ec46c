import type { Metadata } from "next";
import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata: Metadata = { title: "Artifact not found" };

export default function ArtifactNotFound() {
  return (
    <NotFoundNotice
      what="Artifact"
      how="An artifact is found by its name, by its id or by the beginning of its digest, as long as no other matches. It may have been removed since."
      href="/"
      link="All artifacts"
      command="./stratigraph list"
    />
  );
}
