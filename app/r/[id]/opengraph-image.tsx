import { ImageResponse } from "next/og";
import { LINK_PICTURE, LinkPicture } from "#components/report/link-picture.tsx";
import { isOutdated } from "#lib/model/report.ts";
import { loadReport } from "#lib/views/reports.ts";

export const size = LINK_PICTURE;
export const contentType = "image/png";
export const alt = "A Stratigraph report";

/** The picture of a link preview. */
export default async function Image({ params }: { params: Promise<{ id: string }> }) {
  const report = await loadReport((await params).id);
  if (report === undefined || isOutdated(report)) return new Response("no such report\n", { status: 404 });
  return new ImageResponse(<LinkPicture report={report} />, size);
}
