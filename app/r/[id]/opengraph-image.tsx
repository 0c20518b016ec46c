import { ImageResponse } from "next/og";
import { formatBytes } from "#lib/display/bytes.ts";
import { toPicture } from "#lib/display/report/picture.ts";
import { toReportFigures } from "#lib/display/report/report-tables.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { loadReport } from "#lib/views/reports.ts";

export const size = { width: 1200, height: 630 };
export const contentType = "image/png";
export const alt = "A Stratigraph report";

const PICTURE_HEIGHT = 300;
const SHOWN_FIGURES = 2;
const SHOWN_LETTERS = 90;

/**
 * Text in letters that the font shipped with the renderer has. For any other the renderer would ask font hosts on the
 * internet, and tell them names from somebody's images; those show as a box.
 */
function toDrawable(text: string): string {
  return visibleText(text)
    .replaceAll("→", "to")
    .replaceAll("…", "...")
    .replace(/[^\x20-\x7e\u00a1-\u00ff]/gu, "?");
}

/** The picture of a link preview: title, two figures, the columns of strata. */
export default async function Image({ params }: { params: Promise<{ id: string }> }) {
  const report = await loadReport((await params).id);
  if (report === undefined) return new Response("no such report\n", { status: 404 });
  const figures = toReportFigures(report.answer).slice(-SHOWN_FIGURES);
  const picture = `data:image/svg+xml;base64,${Buffer.from(toPicture(report.answer)).toString("base64")}`;
  return new ImageResponse(
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        width: "100%",
        height: "100%",
        padding: 64,
        background: "#fafbfa",
        color: "#101413",
      }}
    >
      <div style={{ display: "flex", fontSize: 24, color: "#5c6b65" }}>Stratigraph</div>
      <div style={{ display: "flex", fontSize: 44, marginTop: 8 }}>
        {toDrawable(report.title).slice(0, SHOWN_LETTERS)}
      </div>
      <div style={{ display: "flex", gap: 64, marginTop: 24 }}>
        {figures.map(({ name, bytes }) => (
          <div key={name} style={{ display: "flex", flexDirection: "column" }}>
            <div style={{ display: "flex", fontSize: 22, color: "#5c6b65" }}>{toDrawable(name)}</div>
            <div style={{ display: "flex", fontSize: 40 }}>{formatBytes(bytes)}</div>
          </div>
        ))}
      </div>
      {/* biome-ignore lint/performance/noImgElement: satori, which draws this, knows no other */}
      <img src={picture} alt="" height={PICTURE_HEIGHT - 60} style={{ marginTop: "auto", alignSelf: "flex-start" }} />
    </div>,
    size,
  );
}
