import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { ItemSink } from "#lib/formats/nar/index.ts";
import { displayPath } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";

/** O_NONBLOCK: a named pipe that has just replaced the file would wait for its writer. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const OWNER_EXECUTE = 0o100;

/** Reads one regular file into the sink. Throws `InputError`, and system errors. */
export function readBody(outside: Buffer, path: Buffer, sink: ItemSink): void {
  const file = openSync(outside, FLAGS);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new InputError("unsupported", displayPath(path), "not a regular file any more");
    sink.file(path, { executable: (stats.mode & OWNER_EXECUTE) !== 0, byteCount: stats.size });
    readExactly(file, stats.size, { path, sink });
    sink.endFile();
  } finally {
    closeSync(file);
  }
}

const beyond = new Uint8Array(1);

/** Reads the file to its end, which must come after exactly this many bytes. Throws InputError `size-mismatch`. */
export function readExactly(file: number, byteCount: number, { path, sink }: { path: Buffer; sink: ItemSink }): void {
  let left = byteCount;
  while (left > 0) {
    const room = sink.room(left);
    const bytesRead = readSync(file, room);
    if (bytesRead === 0) throw toFault(path, `${left} bytes shorter`);
    sink.filled(bytesRead);
    left -= bytesRead;
  }
  if (readSync(file, beyond) > 0) throw toFault(path, "longer");
}

function toFault(path: Buffer, change: string): InputError {
  return new InputError("size-mismatch", displayPath(path), `became ${change} while it was read`);
}
