import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata = { title: "Artifact not found" };

export default function ArtifactNotFound() {
  return <NotFoundNotice what="Artifact" />;
}
