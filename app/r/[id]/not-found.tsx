import type { Metadata } from "next";
import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata: Metadata = { title: "Report not found" };

export default function ReportNotFound() {
  return (
    <NotFoundNotice
      what="Report"
      how="It may have been deleted, or the link is incomplete: it ends in 24 letters and digits."
      href="/reports"
      link="All reports"
    />
  );
}
