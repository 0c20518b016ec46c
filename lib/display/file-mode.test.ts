import { expect, it } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import { formatMode } from "./file-mode.ts";

it.each([
  [EntryKind.file, 0o644, "-rw-r--r--"],
  [EntryKind.directory, 0o755, "drwxr-xr-x"],
  [EntryKind.file, 0o4755, "-rwsr-xr-x"],
  [EntryKind.file, 0o4644, "-rwSr--r--"],
  [EntryKind.directory, 0o1777, "drwxrwxrwt"],
  [EntryKind.symlink, 0o777, "lrwxrwxrwx"],
])("writes kind %d, mode %o as ls does", (kind, mode, text) => expect(formatMode(kind, mode)).toBe(text));
