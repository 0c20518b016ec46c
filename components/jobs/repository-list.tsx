import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { RegistryOffer } from "#lib/model/registry-offer.ts";

/** Repositories that begin like what was typed. */
export function RepositoryList({ offer, choose }: { offer: RegistryOffer; choose: (name: string) => void }) {
  if (offer.names.length === 0) return null;
  return (
    <ul aria-label="Repositories" className="mt-2 max-h-56 overflow-y-auto">
      {offer.names.map((name) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => choose(name)}
            className="min-h-8 w-full truncate rounded-md px-2 text-left font-mono text-xs hover:bg-shade"
          >
            <Visible text={name} />
          </button>
        </li>
      ))}
      {offer.moreCount === 0 ? null : (
        <li className="px-2 py-1.5 text-xs text-dim">
          {formatCounted(offer.moreCount, "more repository", "more repositories")}. Go on typing.
        </li>
      )}
    </ul>
  );
}
