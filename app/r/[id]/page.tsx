import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ReportAnswer } from "#components/report/report-answer.tsx";
import { ReportBar } from "#components/report/report-bar.tsx";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { Visible } from "#components/ui/visible.tsx";
import { parameter } from "#lib/display/address.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { toReportFigures } from "#lib/exports/report-figures.ts";
import { toReportTitle } from "#lib/exports/report-tables.ts";
import { isOutdated, type Report } from "#lib/model/report.ts";
import { loadReport } from "#lib/views/reports.ts";
import { toOwnAddress } from "../../own-address.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

const reportOf = cache(loadReport);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const report = await reportOf((await params).id);
  if (report === undefined) notFound();
  const title = labelText(report.title);
  if (isOutdated(report)) return { title };
  const figures = toReportFigures(report.answer);
  const description = figures.map((each) => `${labelText(each.label)}: ${each.text}`).join(" · ");
  return {
    metadataBase: toOwnAddress(await headers(), "/"),
    title,
    description,
    openGraph: { title, description, type: "article", url: `/r/${report.id}` },
  };
}

/** A permalink report: a stored answer. Its default title is the answer's heading, which is then not shown twice. */
export default async function ReportPage({ params, searchParams }: Props) {
  const { cell } = await searchParams;
  const report = await reportOf((await params).id);
  if (report === undefined) notFound();
  const { title } = report;
  if (isOutdated(report)) return <OutdatedReport report={report} />;
  const url = toOwnAddress(await headers(), `/r/${report.id}`).href;
  return (
    <Page>
      {title === toReportTitle(report.answer) ? null : (
        <p className="mb-2 text-base font-medium tracking-tight break-words">
          <Visible text={title} />
        </p>
      )}
      <ReportBar report={report} url={url} />
      <ReportAnswer id={report.id} answer={report.answer} cell={parameter.cell.read([cell ?? []].flat())} />
    </Page>
  );
}

function OutdatedReport({ report: { id, title, note } }: { report: Report }) {
  return (
    <Page>
      <h1 className="text-2xl font-medium tracking-tight break-words">
        <Visible text={title} />
      </h1>
      <p className="mt-3 max-w-3xl whitespace-pre-line">
        <Visible text={note} />
      </p>
      <p className="mt-3 max-w-3xl text-[0.8125rem]">
        An earlier version of Stratigraph made this report, and this one cannot draw it. Its figures are in{" "}
        <a href={`/r/${id}/export/json`} className="text-link">
          its JSON
        </a>
        . Ask the question again to make a new report.
      </p>
    </Page>
  );
}
