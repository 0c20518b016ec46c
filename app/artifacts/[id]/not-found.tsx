import type { Metadata } from "next";
import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata: Metadata = { title: "Artifact not found" };

export default function ArtifactNotFound() {
  return (
    <NotFoundNotice
      what="Artifact"
      how="Use an artifact's name, its id, or an unambiguous digest prefix. It may have been removed."
      href="/"
      link="All artifacts"
      command="./stratigraph list"
    />
  );
}
