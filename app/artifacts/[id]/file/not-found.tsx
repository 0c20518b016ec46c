import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata = { title: "File not found" };

export default function FileNotFound() {
  return <NotFoundNotice what="File" />;
}
