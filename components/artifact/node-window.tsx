"use client";

import { RowWindow, type RowWindowProps } from "#components/ui/row-window.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { ListedNode, NodeSort } from "#lib/views/artifact.ts";
import { nodeColumns } from "./node-table.tsx";

interface NodeWindowProps extends Omit<RowWindowProps<ListedNode>, "label" | "columns"> {
  readonly digest: string;
  readonly unit: MeasureUnit;
  readonly sorts: Readonly<Record<NodeSort, SortLink>>;
}

/** All nodes of a large artifact in a box that scrolls. */
export function NodeWindow({ digest, unit, sorts, ...rows }: NodeWindowProps) {
  return <RowWindow label="Components" columns={nodeColumns(digest, unit, (sort) => sorts[sort])} {...rows} />;
}
