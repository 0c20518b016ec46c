import type { ItemSink } from "#lib/formats/nar/index.ts";
import type { ItemTree } from "./store-items.ts";
import { listNaive } from "./store-items.ts";

/** Records the events of a walk, one line each; a body gets room for a few bytes at a time. */
export class EventList implements ItemSink {
  readonly events: string[] = [];
  #room = new Uint8Array(0);
  #body: Uint8Array[] = [];

  directory(path: Uint8Array): void {
    this.events.push(`directory ${toLatin1(path)}`);
  }

  endDirectory(): void {
    this.events.push("end");
  }

  symlink(path: Uint8Array, target: Uint8Array): void {
    this.events.push(`symlink ${toLatin1(path)} → ${toLatin1(target)}`);
  }

  file(path: Uint8Array, { executable, byteCount }: { executable: boolean; byteCount: number }): void {
    this.events.push(`file ${toLatin1(path)} ${executable} ${byteCount}`);
    this.#body = [];
  }

  room(byteCount: number): Uint8Array {
    this.#room = new Uint8Array(Math.min(byteCount, 1000));
    return this.#room;
  }

  filled(byteCount: number): void {
    this.#body.push(this.#room.subarray(0, byteCount));
  }

  endFile(): void {
    this.events.push(`body ${toLatin1(Buffer.concat(this.#body))}`);
  }
}

function toLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** The expected events of walking a tree. */
export function listEvents(tree: ItemTree): string[] {
  const events: string[] = [];
  const open: string[] = [];
  for (const { path, tree: node } of listNaive(tree)) {
    while (open.length > 0 && !path.startsWith(open.at(-1)!)) {
      open.pop();
      events.push("end");
    }
    if (node.kind === "symlink") events.push(`symlink ${path} → ${node.target}`);
    else if (node.kind === "file") {
      events.push(`file ${path} ${node.executable === true} ${node.body.length}`, `body ${toLatin1(node.body)}`);
    } else {
      events.push(`directory ${path}`);
      open.push(path === "" ? "" : `${path}/`);
    }
  }
  return [...events, ...open.map(() => "end")];
}
