import Link from "next/link";
import { Amount } from "#components/ui/amount.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { adviceTitle } from "#lib/display/advice-words.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, removePath, withQuery } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { AdviceAnswer, AdviceClass } from "#lib/model/advice.ts";
import type { RemoveView } from "#lib/views/remove.ts";
import { AdviceList } from "./advice-list.tsx";
import { FolderSection } from "./folder-section.tsx";
import { KeepBox } from "./keep-box.tsx";
import { LayerBars, type LayerOrder } from "./layer-bars.tsx";
import { RemovalBar } from "./removal-bar.tsx";
import { type RemoveParams, removeAddress } from "./remove-address.ts";
import { SuspectList } from "./suspect-list.tsx";

interface RemoveScreenProps {
  readonly view: RemoveView;
  readonly params: RemoveParams;
  readonly layerOrder: LayerOrder;
}

/** What could be removed from an artifact: the sum, the list, where the bytes are, and what keeps most. */
export function RemoveScreen({ view, params, layerOrder }: RemoveScreenProps) {
  const { artifact, advice } = view;
  const { take, gone, keep } = params;
  const path = artifactPath(artifact.digest);
  const selected = advice?.items.filter((item) => take.includes(item.class)) ?? [];
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        {advice === undefined ? "What keeps most of" : "What can go from"}{" "}
        <Link href={path} className="text-link">
          <Visible text={artifact.name} />
        </Link>
      </p>
      <h1 className="text-2xl font-medium tracking-tight">{advice === undefined ? "Suspects" : "Remove"}</h1>
      {advice === undefined ? null : <RemovalBar advice={advice} selectedCount={selected.length} />}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 lg:grid-cols-2">
        {advice === undefined ? null : (
          <div>
            <Section
              id="list"
              title="What can go"
              note={noteOf(advice)}
              tools={<CsvLink href={withQuery(`${path}/remove.csv`, { keep })} />}
            >
              <Listed advice={advice} take={take} digest={artifact.digest} />
            </Section>
            <Keep view={view} params={params} />
          </div>
        )}
        <div>
          {advice === undefined || advice.layers.length === 0 || advice.items.length === 0 ? null : (
            <Section id="where" title="Where those bytes are">
              <LayerBars layers={advice.layers} digest={artifact.digest} order={layerOrder} />
              <DeletingNote />
            </Section>
          )}
          <Suspects view={view} gone={gone} />
        </div>
      </div>
      {view.folders === undefined || advice?.items.length === 0 ? null : (
        <FolderSection
          folders={view.folders}
          params={params}
          path={removePath(artifact.digest)}
          digest={artifact.digest}
          isStore={artifact.kind === "closure"}
        />
      )}
    </>
  );
}

function Keep({ view, params }: Pick<RemoveScreenProps, "view" | "params">) {
  const path = removePath(view.artifact.digest);
  return (
    <Section id="keep" title={keepTitle(view)}>
      <KeepBox
        view={view}
        keep={params.keep}
        path={path}
        hrefOf={(keep) => removeAddress.format(path, { ...params, keep })}
        others={listParameters(removeAddress.format("", { ...params, keep: undefined }))}
      />
    </Section>
  );
}

function keepTitle({ advice }: RemoveView): string {
  const chosen = advice?.keep?.chosen ?? [];
  if (chosen.length === 0) return "If only this has to run";
  const names = chosen.map(({ name }) => labelText(name)).join(", ");
  return `If only ${names} ${chosen.length === 1 ? "has" : "have"} to run`;
}

function listParameters(address: string): [name: string, value: string][] {
  return [...new URLSearchParams(address)];
}

function noteOf({ items }: AdviceAnswer): string | undefined {
  return items.length === 0 ? undefined : "largest first";
}

function Listed({ advice, take, digest }: { advice: AdviceAnswer; take: readonly AdviceClass[]; digest: string }) {
  const { items, checked } = advice;
  if (items.length === 0)
    return (
      <p className="text-[0.8125rem]">
        Nothing to remove. {formatCounted(checked.length, "class", "classes")} checked.
      </p>
    );
  const found = new Set(items.map((item) => item.class));
  const empty = checked.filter((each) => !found.has(each)).map((each) => adviceTitle(each).toLowerCase());
  return (
    <>
      <AdviceList advice={advice} take={take} digest={digest} />
      {empty.length === 0 ? null : (
        <p className="mt-3 text-[0.8125rem] text-dim">Also checked, nothing found: {empty.join(", ")}.</p>
      )}
    </>
  );
}

/** It is what people try first. */
function DeletingNote() {
  return (
    <p className="mt-5 border-l-2 border-warn pl-4 text-[0.8125rem]">
      <strong className="font-medium">Deleting in a new step frees nothing.</strong> A layer above can only hide files:
      the layer below still ships them. Make each change in the step that writes the files.
    </p>
  );
}

function Suspects({
  view: { artifact, advice, suspects },
  gone,
}: Pick<RemoveScreenProps, "view"> & { gone: readonly string[] }) {
  const { selected, unit, total } = suspects;
  const store = artifact.kind === "closure" ? advice?.ecosystems[0] : undefined;
  return (
    <Section
      id="suspects"
      title="What keeps the most"
      note={
        gone.length === 0 ? undefined : (
          <>
            <Amount value={total - selected} unit={unit} /> of <Amount value={total} unit={unit} /> left without the
            selected
          </>
        )
      }
      tools={<CsvLink href={`${artifactPath(artifact.digest)}/suspects.csv`} />}
    >
      {suspects.suspects.length === 0 ? (
        <p className="text-[0.8125rem]">Nothing keeps that much.</p>
      ) : (
        <SuspectList
          answer={suspects}
          gone={gone}
          digest={artifact.digest}
          store={store}
          rootsKnown={artifact.rootsKnown}
        />
      )}
      <p className="mt-3 text-[0.8125rem] text-dim">
        Listed is what keeps 10% or more, alone or together with others of its name, or with other small components of
        its kind. What one row keeps may be part of another.
      </p>
    </Section>
  );
}
