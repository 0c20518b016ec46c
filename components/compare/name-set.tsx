import { toListed } from "#lib/display/set-address.ts";
import { labelText } from "#lib/display/shown-text.ts";

/** Letters that a set's name may have. */
const LONGEST_NAME = 80;

const BUTTON = "h-8 rounded-md border border-line-strong px-3 text-[0.8125rem] hover:bg-shade";

/** Gives the set on the page a name, so that it can be chosen again as a whole. */
export function NameSet({ texts }: { texts: readonly string[] }) {
  return (
    <details className="text-[0.8125rem]">
      <summary className="flex h-10 w-fit cursor-pointer items-center text-dim hover:text-ink">Name this set</summary>
      <form method="post" action="/sets" className="flex flex-wrap items-center gap-2 pb-2">
        <input type="hidden" name="in" value={texts.map(toListed).join(",")} />
        <input
          name="name"
          aria-label="Name of the set"
          required
          maxLength={LONGEST_NAME}
          className="h-8 w-44 rounded-md border border-line-strong bg-raised px-2"
        />
        <button type="submit" className={BUTTON}>
          Keep
        </button>
      </form>
    </details>
  );
}

/** Takes a named set away; the artifacts stay. */
export function ForgetSet({ name }: { name: string }) {
  return (
    <form method="post" action={`/sets/${encodeURIComponent(name)}/remove`} className="mt-1">
      <button
        type="submit"
        className="text-xs text-dim hover:text-ink"
        aria-label={labelText(`Forget the set ${name}`)}
      >
        Forget this set
      </button>
    </form>
  );
}
