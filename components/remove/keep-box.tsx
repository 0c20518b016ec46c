import { X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { CandidateList } from "#components/shell/candidates.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { keepWords } from "#lib/display/advice-words.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { RemoveView } from "#lib/views/remove.ts";

/** What the URL says besides what has to run: a form that is sent keeps it. */
export type OtherParameters = readonly (readonly [name: string, value: string])[];

interface KeepBoxProps {
  readonly view: RemoveView;
  /** Names in the URL. */
  readonly keep: readonly string[];
  readonly path: string;
  readonly hrefOf: (keep: readonly string[]) => string;
  readonly others: OtherParameters;
}

/** Chooses what has to run; what it does not need is then a row of the list. */
export function KeepBox({ view, keep, path, hrefOf, others }: KeepBoxProps) {
  const { advice, keepError } = view;
  const chosen = advice?.keep?.chosen;
  return (
    <div className="rounded-lg border border-line bg-raised px-4 py-3.5 text-[0.8125rem]">
      <p>
        {advice?.keep ? (
          <Visible text={`${keepWords(advice.keep)}.`} />
        ) : (
          "Choose what has to run. What it does not need, by recorded references, becomes a row above."
        )}
      </p>
      {keep.length === 0 ? null : (
        <ul aria-label="Has to run" className="mt-2.5 flex flex-wrap gap-1.5">
          {keep.map((name, i) => (
            <li key={name}>
              <Chosen name={chosen?.[i]?.name ?? name} href={hrefOf(keep.filter((other) => other !== name))} />
            </li>
          ))}
        </ul>
      )}
      <KeepForm path={path} others={[...others, ...keep.map((name) => ["keep", name] as const)]} />
      {keepError === undefined ? null : (
        <div role="alert" className="mt-2.5">
          <p className="mb-1.5 break-words text-warn">
            <Visible text={keepError.message} />
          </p>
          <CandidateList
            candidates={keepError.candidates}
            hrefOf={(candidate) => hrefOf([...keep.slice(0, -1), candidate])}
          />
        </div>
      )}
      <Suggested view={view} keep={keep} hrefOf={hrefOf} />
    </div>
  );
}

function Chosen({ name, href }: { name: string; href: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-label={labelText(`${name}: need not run`)}
      className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md bg-wash px-2 text-accent hover:bg-shade"
    >
      <Visible text={name} className="truncate" />
      <X aria-hidden size={14} className="shrink-0" />
    </Link>
  );
}

function KeepForm({ path, others }: { path: string; others: OtherParameters }) {
  return (
    <Form action={path} scroll={false} className="mt-2.5 flex flex-wrap gap-2">
      {others.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <input
        // A new field for each choice: what was chosen is a chip now.
        key={others.length}
        type="text"
        name="keep"
        required
        aria-label="Component that has to run"
        placeholder="Package, purl or store path"
        maxLength={MAX_NAME_LENGTH}
        className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-ground px-2 placeholder:text-dim"
      />
      <button type="submit" className="button">
        Has to run
      </button>
    </Form>
  );
}

const MAX_NAME_LENGTH = 500;

type SuggestedProps = Pick<KeepBoxProps, "view" | "keep" | "hrefOf">;

/** What was installed explicitly: most likely something of it has to run. */
function Suggested({ view: { advice }, keep, hrefOf }: SuggestedProps) {
  const suggested = advice?.suggested ?? [];
  if (suggested.length === 0) return null;
  return (
    <p className="mt-2.5 flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="text-dim">Explicitly installed:</span>
      {suggested.map(({ id, name, nodeIndex }) => (
        <Link
          key={nodeIndex}
          href={hrefOf([...keep, id])}
          scroll={false}
          prefetch={false}
          className="inline-flex min-h-6 max-w-full items-center text-link"
          data-tip={labelText(id)}
        >
          <Visible text={name} className="truncate" />
        </Link>
      ))}
    </p>
  );
}
