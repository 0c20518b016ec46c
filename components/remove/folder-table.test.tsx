import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { FolderTable } from "./folder-table.tsx";
import { removeAddress } from "./remove-address.ts";

const toFolder = (name: string, listed: number) => {
  return { name, path: name, files: false, opens: false, parts: [], bytes: 10, listed, selected: 0 };
};

it.each(["item", "folder"] as const)("lists each %s with something to remove, and only folders without", (noun) => {
  const params = removeAddress.parse({});
  const folders = [toFolder("old-1", 10), toFolder("kept-1", 0)];
  const html = renderToStaticMarkup(
    <FolderTable folders={folders} noun={noun} params={params} path="/remove" hrefOf={() => undefined} />,
  );
  expect(html).toContain("old-1");
  expect(html.includes("kept-1")).toBe(noun === "folder");
});
