import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata = { title: "Layer not found" };

export default function LayerNotFound() {
  return <NotFoundNotice what="Layer" />;
}
