import type { Metadata } from "next";
import { EvidenceMark } from "#components/graph/evidence.tsx";
import { Page } from "#components/shell/page.tsx";
import { MEASURE_GROUPS, MEASURES } from "#lib/display/measures.ts";

export const metadata: Metadata = { title: "What the numbers mean" };

const NOTES = [
  {
    id: "squashed",
    title: "What a container sees",
    text: "Layers are applied in order, lowest first. A whiteout hides what lies in lower layers, never in its own, wherever it stands in the tar. What is left is the tree a container sees; the visible bytes and the owners of files are counted there.",
  },
  {
    id: "roots",
    title: "Roots",
    text: "Of an image: the component that its entrypoint starts, and what was asked for by name (apt's manual marks, apk's world, top-level npm packages). Of a store: what the collector's roots name, such as profiles. A part of the graph that no root reaches counts from its own beginnings, so that every node has its sizes. A store without a known root is measured as a whole, and its page says so.",
  },
  {
    id: "dead",
    title: "Live and dead",
    text: "A store item is live when the collector would keep it: a root reaches it, or it is the deriver of a live output, or such a deriver reaches it. The rest is marked dead.",
  },
  {
    id: "unowned",
    title: "Unowned",
    text: "Files that no package claims, one node a layer. Nothing is guessed: the self sizes of all components, the unowned remainders included, add up to the visible bytes exactly.",
  },
  {
    id: "columns",
    title: "The columns",
    text: "An image is drawn as strata: thickness by content, the newest layer on top, wasted bytes hatched. A layer that several images here have is coloured, and has the same colour wherever it turns up; a layer only one image has is grey. A closure is one block divided by retained size: what an item alone keeps lies inside it.",
  },
  {
    id: "correlation",
    title: "The correlation",
    text: "Columns side by side, on one scale and one ground, with bands between them. A solid band joins a layer that stands on the same layers in both: a disk keeps it once. A dashed outline joins equal layers that stand on different ones: a registry keeps them once, a disk again for each, and that is the order penalty. Dots join what two other layers have in common file by file, each content counted once, as a share of their thickness. A band may pass behind a column that has no part in it.",
  },
  {
    id: "changes",
    title: "What changed",
    text: "A component is the same where its identity and its content are; else it is matched by kind and name and has changed, in version or in content alone; else it is added or removed. An image and a closure have no kind in common, so there the name alone decides. Blue with a minus is only on the left, orange with a plus only on the right, grey is on both, yellow has changed.",
  },
];

const EVIDENCE = [
  {
    known: "observed",
    text: "seen in the bytes: a store reference, a library that an executable links, an interpreter line, a symlink",
  },
  { known: "declared", text: "package metadata says so: a Depends line, a package.json" },
  {
    known: "inferred",
    text: "concluded from other facts, such as an executable of one package that lies in another's directory",
  },
] as const;

export default function DocsPage() {
  return (
    <Page>
      <div className="max-w-2xl">
        <h1 className="text-2xl font-medium tracking-tight">What the numbers mean</h1>
        <p className="mt-2 text-dim">
          Every number that Stratigraph shows is one of these, in whole bytes, under the same name on pages, in exports
          and on the command line. Sizes are shown in binary units (1 KiB is 1,024 bytes); hover for the exact bytes. A
          figure that was derived from a ratio and not measured is marked ≈ and drawn hatched.
        </p>
        {MEASURE_GROUPS.map(({ group, title }) => (
          <MeasureGroup key={group} group={group} title={title} />
        ))}
        <Evidence />
        {NOTES.map(({ id, title, text }) => (
          <section key={id} aria-labelledby={id} className="mt-8">
            <h2 id={id} className="text-base font-medium tracking-tight">
              {title}
            </h2>
            <p className="mt-1 text-dim">{text}</p>
          </section>
        ))}
      </div>
    </Page>
  );
}

function MeasureGroup({ group, title }: { group: string; title: string }) {
  const measures = Object.entries(MEASURES).filter(([, measure]) => measure.group === group);
  return (
    <section className="mt-10">
      <h2 className="text-base font-medium tracking-tight">{title}</h2>
      <dl className="mt-3">
        {measures.map(([name, { label, definition }]) => (
          <div
            key={name}
            id={name}
            className="-mx-3 grid gap-x-6 rounded-md px-3 py-2 target:bg-wash sm:grid-cols-[11rem_minmax(0,1fr)]"
          >
            <dt>
              {label}
              <div className="font-mono text-xs text-dim">{name}</div>
            </dt>
            <dd className="text-dim">{definition}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Evidence() {
  return (
    <section className="mt-10" aria-labelledby="evidence">
      <h2 id="evidence" className="text-base font-medium tracking-tight">
        How an edge is known
      </h2>
      <dl className="mt-3 space-y-2">
        {EVIDENCE.map(({ known, text }) => (
          <div key={known} className="grid gap-x-6 sm:grid-cols-[11rem_minmax(0,1fr)]">
            <dt>
              <EvidenceMark known={known} />
            </dt>
            <dd className="text-dim">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
