import type { Metadata } from "next";
import type { ReactNode } from "react";
import { EVIDENCE_LINES, EvidenceMark } from "#components/graph/evidence.tsx";
import { Page } from "#components/shell/page.tsx";
import { MEASURE_GROUPS } from "#lib/display/measures.ts";

export const metadata: Metadata = { title: "What the numbers mean" };

const NOTES = [
  {
    id: "squashed",
    title: "What a container sees",
    text: "Layers are applied in order, lowest first. A whiteout hides files of lower layers, never of its own, wherever it is in the tar. The result is the tree that a container sees. Visible bytes and owners of files refer to this tree.",
  },
  {
    id: "roots",
    title: "Roots",
    text: "In an image: the components that its command starts, through sh -c, env and small launchers such as tini, with the script that an interpreter is given; and explicitly installed packages (apt's manual marks, apk's world, what dnf, zypp, pacman, pip, uv and conda recorded as requested, npm projects and global npm packages). In a store: the targets of GC roots, such as profiles. In parts of the graph that no root reaches, the nodes without referrers are used instead, so that every node has its sizes. If no GC roots are found, the whole store is counted, and its page says so.",
  },
  {
    id: "dead",
    title: "Live and dead",
    text: "A store item is live if the garbage collector would keep it: it is reachable from a root or from the deriver of a live output. All others are dead.",
  },
  {
    id: "unowned",
    title: "Unowned",
    text: "Files that belong to no package, one node per layer, called by the layer's step. A program that no package owns is a component of its own, identified by its content, with what it loads. Python byte code belongs to the owner of its source, and what a package manager writes (its database, lists, caches and logs) is a component of its own that the manager refers to. The artifact page says what the others are, by their paths. The self sizes of all components, including unowned files, add up to the visible bytes exactly.",
  },
  {
    id: "columns",
    title: "The columns",
    text: "An image is drawn as strata: thickness by content, the newest layer on top, wasted bytes hatched. A layer of several images has the same colour in all of them; a layer of only one image is grey. A closure is one block divided by retained size: an item's block contains what it alone retains.",
  },
  {
    id: "remove",
    title: "What can be removed",
    text: "The page Remove of an image or a store, and advise on the command line, list what could go, class by class. A file can belong to several classes; its bytes count once, in the largest. Files of several names count only if all their names are in the class. Selecting rows never changes the sum of all. If you choose what has to run, there or with --keep, everything that it does not need by recorded references is one more row; essential packages of Debian and Alpine are needed without a record, and files that no package owns are not in it. Deleting files in a new step frees nothing: change the step that writes them. Suspects keep 10% or more alone, or are a family that does together; their bytes gather where no single dominated node keeps more than half.",
  },
  {
    id: "layers",
    title: "Layers and files",
    text: "The page of a layer lists what its step added, changed and removed. Changed files replace one of a layer below; some have the same content again, because only their mode, owner or time is new. Hidden later are the bytes that no container sees because a layer above removes or replaces them. The page of a file opens the source again that the artifact was scanned from, reads this one file, and compares its digest: nothing is shown of a source that has changed.",
  },
  {
    id: "lineage",
    title: "Lineage and stale images",
    text: "The page Lineage, and lineage on the command line, say which image is built on which, and how that is known: by the provenance of the build, by equal first layers (ChainID), or by the base that annotations or labels name, in this order. An image is stale if a name of its base refers to a newer snapshot now, or if its base is stale itself. The plan lists stale images in waves: an image is built after what it is built on. Its bytes are those of today’s layers above the base, an estimate. What deleting frees is exact: on a disk the layers that no other image has on the same layers below, in a registry the blobs that no other image has.",
  },
  {
    id: "rebase",
    title: "Rebase",
    text: "A rebase puts the layers of an image on another base without building it again. The page reads all layers from where they were scanned, and judges what the bytes can tell: whether the old base is the base, types of paths, files that both sides wrote, programs and the libraries and symbol versions that they need, package databases, users, generated files, the configuration, rights and signatures. Safe: the layers move as they are. Needs merge: one layer more merges what both sides wrote, such as the package database. Rebuild: at least one finding blocks, because its effect cannot be settled from bytes: a directory over a link, a file that both sides changed, a library or a symbol version that the new base lacks, a command that is gone. The measure is a build on the new base: files of a COPY step and settings above the base stay as they are. Faults that the image has on its old base, too, are listed apart. Bytes to pull count each layer that the host does not have, by its DiffID; the merge layer is an estimate, by the compression of the image’s own layers, until it is written. The page writes nothing; rebase on the command line writes the image where -o says.",
  },
  {
    id: "update-cost",
    title: "Update cost and cache hits",
    text: "The page Update cost, and whatif on the command line, say which artifacts have a component, and what must be stored and pulled again when it is updated, from whole layers to chunks. Where an artifact was scanned before and after, the bytes to store are measured; else they follow from its layers and its graph and are estimates. Bytes to pull of anything finer than a layer are always estimated, by the compression of today’s layers. The page Cache hits puts successive versions side by side. A build cache has a step if it and all before it have the same command and gave the same layer. Of what is built again it says how many bytes are files, with the same contents, of the version before.",
  },
  {
    id: "relayer",
    title: "Relayer",
    text: "Relayering puts the same files into other layers; the tree of each image stays as it is, to the last mode bit. The page Relayer, and relayer on the command line, have two goals. Smallest set: files that are in the same images share a layer. Small updates: files of one component are in one layer, which stays where it is from version to version. Bytes are those of files in distinct layers, uncompressed, as on the rung layer; the gap is that to the rung file, which no layers can beat. Update by update, the images are successive versions, and the bytes are what a host with the version before pulls: of layers as built, by a new plan for each version, and by the first plan continued. The page reads all layers from where they were scanned, and writes nothing.",
  },
  {
    id: "correlation",
    title: "The correlation",
    text: "Columns side by side, on one scale and one baseline, with bands between them. A solid band joins equal layers on the same base: a disk stores them once. A dashed outline joins equal layers on different bases: a registry stores them once, a disk once for each base, and the difference is the order penalty. Dots join different layers with the same files: the thickness of the band is the share of these files, each content counted once. A band may pass behind a column that does not take part.",
  },
  {
    id: "gates",
    title: "Limits in CI, and dive’s figures",
    text: "stratigraph check compares artifacts with the limits of a .stratigraph-ci or .dive-ci, and ends with exit status 1 if one is exceeded. A value that is not known fails. diveEfficiency, diveWastedBytes and diveUserWastedPercent follow dive’s own rule, so that limits written for dive keep their meaning: every copy of a path that occurs in several layers counts, also the visible one; a deleted directory counts what it contained, a deleted file nothing. They are not wastedSize, which counts what no container sees.",
  },
  {
    id: "jobs",
    title: "Scans in the background",
    text: "Scan… (key S) queues images of a registry, an uploaded archive, or what is on the server's machine; stratigraph scan --queue any source. stratigraph up runs a worker, and stratigraph worker starts more. A worker takes one scan at a time, and beside it one that only its machine can run: of an upload, of its engine or of its store. “To download” counts the layers that are not known yet, each once. An upload goes on when the same file is chosen again, and is removed with its scan, or after a day without a byte. A watched source is scanned again on a schedule; if it cannot be scanned once, the next time is not affected. A bar shows a segment for each layer: layers that are known already are full from the start. A cancelled or failed scan stores nothing half done; images that were complete before it stay. A source that cannot be reached is tried again, up to nine times in about ten minutes. Bad input and refused logins are not.",
  },
  {
    id: "changes",
    title: "What changed",
    text: "A component is unchanged if its identity and its content are the same. Otherwise components are matched by kind and name: matched ones have changed, in version or only in content; all others are added or removed. An image and a closure have no kind in common and are matched by name alone. Blue with a minus: only on the left; orange with a plus: only on the right; grey: on both; yellow: changed.",
  },
];

export default function DocsPage() {
  return (
    <Page>
      <div className="max-w-2xl">
        <h1 className="text-2xl font-medium tracking-tight">What the numbers mean</h1>
        <p className="mt-2 text-dim">
          The definitions of all numbers, with the same names on pages, in exports and on the command line. Sizes are
          whole bytes, shown in binary units (1 KiB is 1,024 bytes); hover for the exact number. Estimates are marked ≈
          and hatched.
        </p>
        {MEASURE_GROUPS.map((group) => (
          <MeasureGroup key={group.title} {...group} />
        ))}
        <Evidence />
        {NOTES.map(({ id, title, text }) => (
          <Part key={id} id={id} title={title}>
            <p className="mt-1 text-dim">{text}</p>
          </Part>
        ))}
      </div>
    </Page>
  );
}

function Part({ id, title, children }: { id?: string; title: string; children: ReactNode }) {
  return (
    <section className="mt-10" aria-labelledby={id}>
      <h2 id={id} className="text-base font-medium tracking-tight">
        {title}
      </h2>
      {children}
    </section>
  );
}

function MeasureGroup({ title, measures }: (typeof MEASURE_GROUPS)[number]) {
  return (
    <Part title={title}>
      <dl className="mt-3">
        {Object.entries(measures).map(([name, { label, definition }]) => (
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
    </Part>
  );
}

function Evidence() {
  return (
    <Part id="evidence" title="Evidence for an edge">
      <dl className="mt-3 space-y-2">
        {(["observed", "declared", "inferred"] as const).map((known) => (
          <div key={known} className="grid gap-x-6 sm:grid-cols-[11rem_minmax(0,1fr)]">
            <dt>
              <EvidenceMark known={known} />
            </dt>
            <dd className="text-dim">{EVIDENCE_LINES[known].tip}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
