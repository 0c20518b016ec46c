import { NotFoundNotice } from "#components/shell/not-found-notice.tsx";

export const metadata = { title: "Report not found" };

export default function ReportNotFound() {
  return <NotFoundNotice what="Report" />;
}
