import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata = { title: "Component not found" };

export default function ComponentNotFound() {
  return <NotFoundNotice what="Component" />;
}
