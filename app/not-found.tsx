import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata = { title: "Page not found" };

export default function NotFound() {
  return <NotFoundNotice what="Page" />;
}
