import Link from "next/link";
import { Chips } from "#components/ui/chips.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { namePath } from "#lib/display/paths.ts";
import { ORDER_LABELS, seriesWords, unknownWords, versionsWords } from "#lib/display/version-words.ts";
import { versionMeasureLabel } from "#lib/exports/tables/versions.ts";
import { VERSION_ORDERS, type VersionsAnswer } from "#lib/model/name-version.ts";
import { type VersionsParams, versionsAddress } from "./names-address.ts";
import { VersionFigures } from "./version-figures.tsx";
import { VersionPicture } from "./version-picture.tsx";
import { VersionTable } from "./version-table.tsx";

interface NamesScreenProps {
  readonly answer: VersionsAnswer;
  readonly params: VersionsParams;
  /** Milliseconds since the epoch: when the page was made. */
  readonly now: number;
}

/** What a name, or any tag of a repository, referred to over time. */
export function NamesScreen({ answer, params, now }: NamesScreenProps) {
  const { name, versions, count } = answer;
  const path = namePath(name);
  const hrefOf = (changes: Partial<VersionsParams>) => versionsAddress.format(path, { ...params, ...changes });
  const { size, order, of } = params;
  const unknown = unknownWords(versions);
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">{isRepository(answer) ? "Versions of" : "Versions of a name"}</p>
      <h1 className="text-2xl font-medium tracking-tight break-words">
        <Visible text={name} />
      </h1>
      <p className="mt-1.5 text-[0.8125rem] text-dim">
        {versionsWords(answer)}. <OtherScope answer={answer} />
      </p>
      <VersionFigures answer={answer} />
      <div className="mt-6 flex flex-wrap gap-x-6 gap-y-2">
        <Choices answer={answer} hrefOf={hrefOf} />
      </div>
      <VersionPicture answer={answer} />
      <Section
        id="versions"
        title="Versions"
        note={versions.length < count ? `the newest ${versions.length} of ${count}` : formatCounted(count, "version")}
        tools={<CsvLink href={versionsAddress.format(`${path}/versions.csv`, { size, order, of })} />}
      >
        <VersionTable
          answer={answer}
          params={params}
          now={now}
          hrefOf={hrefOf}
          moreHref={versionsAddress.more(path, params, "rows")}
        />
        {unknown === undefined ? null : <p className="mt-3 max-w-3xl text-[0.8125rem] text-dim">{unknown}</p>}
      </Section>
    </>
  );
}

function isRepository({ scope }: VersionsAnswer): boolean {
  return scope === "repository";
}

/** From one tag to all tags. */
function OtherScope({ answer }: { answer: VersionsAnswer }) {
  if (isRepository(answer)) return null;
  return (
    <Link href={namePath(answer.repository)} prefetch={false} className="text-link">
      All tags of <Visible text={answer.repository} />
    </Link>
  );
}

interface ChoicesProps {
  readonly answer: VersionsAnswer;
  readonly hrefOf: (changes: Partial<VersionsParams>) => string;
}

function Choices({ answer, hrefOf }: ChoicesProps) {
  const { measure, measures, order, canOrderByCreated, series, chosen } = answer;
  return (
    <>
      {measures.length < 2 ? null : (
        <Chips
          label="Size"
          chips={measures.map((each) => ({
            key: each,
            href: hrefOf({ size: each }),
            chosen: each === measure,
            label: versionMeasureLabel(each),
          }))}
        />
      )}
      {canOrderByCreated ? (
        <Chips
          label="Order"
          chips={VERSION_ORDERS.map((each) => ({
            key: each,
            href: hrefOf({ order: each }),
            chosen: each === order,
            label: ORDER_LABELS[each],
          }))}
        />
      ) : null}
      {series.length < 2 ? null : (
        <Chips
          label="Kind and platform"
          chips={series.map(({ key, ...one }) => ({
            key,
            href: hrefOf({ of: key }),
            chosen: key === chosen.key,
            label: (
              <>
                <Visible text={seriesWords(one)} /> <span className="text-dim">{one.count}</span>
              </>
            ),
          }))}
        />
      )}
    </>
  );
}
