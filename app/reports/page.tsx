import type { Metadata } from "next";
import Link from "next/link";
import { Page } from "#components/shell/page.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { Visible } from "#components/ui/visible.tsx";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { cutText } from "#lib/model/cut-text.ts";
import type { ReportHead } from "#lib/model/report.ts";
import { loadReports } from "#lib/views/reports.ts";

/** Maximum UTF-16 units of a note in the list. */
const MAX_NOTE_SHOWN = 80;

export const metadata: Metadata = { title: "Reports" };

const reportsAddress = defineAddress({ limit: parameter.limit({ initial: 100, step: 200, max: 500 }) });

/** The permalink reports, newest first. */
export default async function ReportsPage({ searchParams }: { searchParams: SearchParams }) {
  const params = reportsAddress.parse(await searchParams);
  const { rows: reports, count } = await loadReports(params.limit);
  return (
    <Page>
      <h1 className="text-2xl font-medium tracking-tight">
        Reports <span className="text-[0.8125rem] font-normal text-dim">{formatCounted(count, "report")}</span>
      </h1>
      {reports.length === 0 ? (
        <p className="mt-6 max-w-2xl text-[0.8125rem] text-dim">
          No reports yet.{" "}
          <Link href="/compare" className="text-link">
            Compare
          </Link>{" "}
          two artifacts and press Share, or run <code className="font-mono">./stratigraph report diff LEFT RIGHT</code>.
        </p>
      ) : (
        <div className="mt-6">
          <DataTable
            label="Reports"
            rows={reports}
            keyOf={({ id }) => id}
            total={count}
            rest={(more) => `${formatCounted(more, "older report")} not shown`}
            moreHref={reportsAddress.more("/reports", params, "limit")}
            columns={[
              { name: "Title", cell: (report) => <Title report={report} /> },
              { name: "Question", className: "text-dim", cell: ({ question }) => question },
              {
                name: "Made",
                right: true,
                className: "whitespace-nowrap text-dim",
                cell: ({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10),
              },
            ]}
          />
        </div>
      )}
    </Page>
  );
}

function Title({ report: { id, title, note } }: { report: Pick<ReportHead, "id" | "title" | "note"> }) {
  return (
    <>
      <Link href={`/r/${id}`} className="hover:text-accent">
        <Visible text={title} />
      </Link>
      {note === "" ? null : <Visible text={cutText(note, MAX_NOTE_SHOWN)} className="ml-2 text-dim" />}
    </>
  );
}
