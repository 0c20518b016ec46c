import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata = { title: "Name not found" };

export default function NameNotFound() {
  return <NotFoundNotice what="Name" />;
}
