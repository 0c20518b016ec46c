import type { Metadata } from "next";
import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return <NotFoundNotice what="Page" how="No page has this address." href="/" link="All artifacts" />;
}
