import Link from "next/link";
import { NodeName } from "#components/artifact/node-table.tsx";
import { Amount } from "#components/ui/amount.tsx";
import { CloseLink } from "#components/ui/close-link.tsx";
import { DataTable, shown } from "#components/ui/data-table.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { CsvLink, MoreLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, graphPath } from "#lib/display/paths.ts";
import { rootClassWords } from "#lib/display/root-class-words.ts";
import { CLASS_COLUMNS } from "#lib/exports/tables/classes.ts";
import { COUNT_COLUMNS, NODE_COLUMNS } from "#lib/exports/tables/closure.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { RootClass } from "#lib/model/root-class.ts";
import type { OpenedClass, RootsView } from "#lib/views/roots.ts";

interface RootsScreenProps {
  readonly view: RootsView;
  /** Key of the open class. */
  readonly open: number | undefined;
  /** The URL with this class open, or none. */
  readonly hrefOf: (key: number | undefined) => string;
  /** The URLs that show more of its lists. */
  readonly more: Readonly<Record<"rows" | "nodes", string | undefined>>;
}

/** Everything in an artifact by the roots that reach it: what one keeps alone, what several share, what none needs. */
export function RootsScreen({ view, open, hrefOf, more }: RootsScreenProps) {
  const { artifact, classes, total, kept, opened, unit } = view;
  const isShown = classes.rows.find(({ key }) => key === open);
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        What each root keeps in{" "}
        <Link href={artifactPath(artifact.digest)} className="text-link">
          <Visible text={artifact.name} />
        </Link>
      </p>
      <h1 className="text-2xl font-medium tracking-tight">Roots</h1>
      <p className="mt-1.5 text-[0.8125rem] text-dim">
        {formatCounted(total.roots, "root")}, {formatCounted(total.nodes, "node")}
      </p>
      <dl className="mt-5 flex flex-wrap items-start gap-x-10 gap-y-4">
        <Figure label="Kept by one root" mark="bg-(--size-self)" value={kept.byOne} unit={unit} />
        <Figure label="Shared by several" mark="bg-(--size-kept)" value={kept.bySeveral} unit={unit} />
        {kept.byNone === 0 ? null : <Figure label="Kept by none" mark="bg-warn" value={kept.byNone} unit={unit} />}
      </dl>
      <Section
        id="classes"
        title="By the roots that need them"
        note="What the same roots reach stays until all of them are gone."
        tools={<CsvLink href={`${artifactPath(artifact.digest)}/roots.csv`} />}
      >
        <ClassTable view={view} open={open} hrefOf={hrefOf} moreHref={more.rows} />
        {artifact.kind === "closure" && !artifact.rootsKnown ? (
          <p className="mt-3 text-[0.8125rem] text-dim">
            The roots of this store are not known: each path to which nothing refers counts as one.
          </p>
        ) : null}
      </Section>
      {opened === undefined ? null : (
        <Opened opened={opened} view={view} known={isShown} closeHref={hrefOf(undefined)} moreHref={more.nodes} />
      )}
    </>
  );
}

interface FigureProps {
  readonly label: string;
  /** The colour of its bars in the table. */
  readonly mark: string;
  readonly value: number;
  readonly unit: MeasureUnit;
}

function Figure({ label, mark, value, unit }: FigureProps) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-xs text-dim">
        <span aria-hidden className={`inline-block size-2.5 rounded-[2px] ${mark}`} />
        {label}
      </dt>
      <dd className="text-2xl font-medium tracking-tight">
        <Amount value={value} unit={unit} />
      </dd>
    </div>
  );
}

interface ClassTableProps extends Pick<RootsScreenProps, "view" | "open" | "hrefOf"> {
  readonly moreHref: string | undefined;
}

function ClassTable({ view: { classes, unit }, open, hrefOf, moreHref }: ClassTableProps) {
  const most = Math.max(...classes.rows.map(({ share }) => share));
  const { size, share, nodes, rootCount } = CLASS_COLUMNS;
  return (
    <DataTable
      label="Classes of nodes by the roots that reach them"
      rows={classes.rows}
      keyOf={({ key }) => key}
      rowClass={({ key }) => (key === open ? "bg-wash" : "hover:bg-shade")}
      total={classes.count}
      rest={(count) => formatCounted(count, "smaller class", "smaller classes")}
      moreHref={moreHref}
      columns={[
        {
          name: "Kept by",
          className: "max-w-0 w-full min-w-40",
          cell: (row: RootClass) => (
            <Link
              href={hrefOf(row.key === open ? undefined : row.key)}
              scroll={row.key !== open}
              prefetch={false}
              className="quiet-link block py-1"
              aria-current={row.key === open ? "true" : undefined}
            >
              <span className="block truncate">
                <Visible text={rootClassWords(row)} />
              </span>
              <span aria-hidden className="mt-1 block h-1.5">
                <span
                  className={`block h-full rounded-full ${row.rootCount === 1 ? "bg-(--size-self)" : row.rootCount > 1 ? "bg-(--size-kept)" : "bg-warn"}`}
                  style={{ width: `${(100 * row.share) / most}%` }}
                />
              </span>
            </Link>
          ),
        },
        shown(rootCount, { from: "sm" }),
        shown(nodes),
        ...(unit === "bytes" ? [shown(size)] : []),
        shown(share, { from: "sm" }),
      ]}
    />
  );
}

interface OpenedProps {
  readonly opened: OpenedClass;
  readonly view: RootsView;
  /** The class, if it is among the listed ones. */
  readonly known: RootClass | undefined;
  readonly closeHref: string;
  readonly moreHref: string | undefined;
}

function Opened({ opened: { nodes, roots }, view: { artifact, unit }, known, closeHref, moreHref }: OpenedProps) {
  const { name, selfSize, retainedSize } = NODE_COLUMNS;
  const sizes = unit === "bytes" ? [shown(selfSize), shown(retainedSize)] : [shown(COUNT_COLUMNS.retainedCount)];
  return (
    <Section
      id="opened"
      title={known === undefined ? "Kept together" : `Kept by ${rootClassWords(known)}`}
      tools={<CloseLink href={closeHref} label="Close the class" />}
    >
      {roots.count < 2 ? null : (
        <details className="mb-4 text-[0.8125rem]">
          <summary className="text-link w-fit py-0.5">The {formatCounted(roots.count, "root")}</summary>
          <p className="mt-1 break-words">
            {roots.rows.map((root, i) => (
              <span key={root.nodeIndex}>
                {i === 0 ? "" : ", "}
                <Link href={graphPath(artifact.digest, root)} prefetch={false} className="hover:text-accent">
                  <Visible text={root.name} />
                </Link>
              </span>
            ))}
            {roots.count > roots.rows.length ? ` and ${formatCounted(roots.count - roots.rows.length, "other")}` : ""}
            <MoreLink href={roots.count > roots.rows.length ? moreHref : undefined} />
          </p>
        </details>
      )}
      <DataTable
        label="Nodes of this class"
        rows={nodes.rows}
        keyOf={({ nodeIndex }) => nodeIndex}
        total={nodes.count}
        rest={(count) => formatCounted(count, "more node")}
        moreHref={moreHref}
        columns={[
          shown<OpenedClass["nodes"]["rows"][number]>(name, {
            className: "max-w-0 w-full min-w-40",
            cell: (node) => (
              <Link
                href={graphPath(artifact.digest, node)}
                prefetch={false}
                className="flex items-center gap-2 hover:text-accent"
              >
                <KindMark kind={node.kind} />
                <NodeName node={node} />
              </Link>
            ),
          }),
          ...sizes,
        ]}
      />
    </Section>
  );
}
