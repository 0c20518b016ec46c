import { expect, it } from "vitest";
import { csvResponse } from "./csv-response.ts";

it("sends every row, and generates them while it sends", async () => {
  let made = 0;
  function* rows(): Generator<readonly (string | number)[]> {
    for (; made < 100_000; made++) yield [`file-${made}`, made];
  }
  const response = csvResponse("a table/of files", { header: ["path", "bytes"], rows: rows() });
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="a-table-of-files.csv"');
  const reader = response.body!.getReader();
  const first = await reader.read();
  expect(new TextDecoder().decode(first.value)).toMatch(/^path,bytes\r\nfile-0,0\r\n/);
  expect(made).toBeLessThan(20_000);
  let lines = 0;
  for (let chunk = first; !chunk.done; chunk = await reader.read()) {
    lines += new TextDecoder().decode(chunk.value).split("\r\n").length - 1;
  }
  expect(lines).toBe(100_001);
});
