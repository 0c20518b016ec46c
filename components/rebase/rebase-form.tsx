import { NameField } from "#components/ui/name-field.tsx";
import { REBASE_PATH, type RebaseParams } from "./rebase-address.ts";

/** Which image is moved, from which base, and to which. */
export function RebaseForm({ params: { image, from, to } }: { params: RebaseParams }) {
  return (
    <form action={REBASE_PATH} className="flex flex-wrap items-end gap-3">
      <NameField name="image" label="Image" value={image} placeholder="app:1" required />
      <NameField name="from" label="From (default: its base)" value={from} placeholder="debian:12" />
      <NameField name="to" label="To (default: the newer version of its base)" value={to} placeholder="debian:13" />
      <button type="submit" className="button main">
        Show
      </button>
    </form>
  );
}
