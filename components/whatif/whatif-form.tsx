import { NameField } from "#components/ui/name-field.tsx";
import { formatNames } from "#lib/display/address.ts";
import { WHATIF_PATH, type WhatifParams } from "./whatif-address.ts";

/** What is updated, where, and what it becomes. */
export function WhatifForm({ params }: { params: WhatifParams }) {
  return (
    <form action={WHATIF_PATH} className="flex flex-wrap items-end gap-3">
      <NameField
        name="component"
        label="Component, or several"
        value={formatNames(params.component)}
        placeholder="libssl3t64@3.5.1-1"
        required
      />
      <NameField name="in" label="In (default: all that have it)" value={formatNames(params.in)} placeholder="app:1" />
      <NameField name="to" label="Becomes (to measure the cost)" value={formatNames(params.to)} placeholder="app:2" />
      <button type="submit" className="button main">
        Show
      </button>
    </form>
  );
}
