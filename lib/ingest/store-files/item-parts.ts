import type { InputError, ProblemCode } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { ItemRecorder, type RecorderOptions } from "./item-recorder.ts";
import { NAMES_PER_PART } from "./limits.ts";

/** Why the files of an item are not known. */
export interface ItemFault {
  readonly item: number;
  readonly code: ProblemCode;
  /** Path inside the item, "" for all of it. */
  readonly place: string;
  readonly message: string;
}

export interface ItemPartsOptions extends RecorderOptions {
  readonly onFiles: (files: StoreFiles) => void;
}

/** Records items, one after the other, and hands over their files in parts, so that a thread's memory is bounded. */
export class ItemParts {
  readonly #options: ItemPartsOptions;
  readonly #faults: ItemFault[] = [];
  #recorder: ItemRecorder;

  constructor(options: ItemPartsOptions) {
    this.#options = options;
    this.#recorder = new ItemRecorder(options);
  }

  /** Records the next item. */
  get recorder(): ItemRecorder {
    return this.#recorder;
  }

  /** Keeps the files of the item just recorded, or with a fault nothing of it. */
  end(item: number, fault: InputError | undefined): void {
    if (fault === undefined) this.#recorder.keepItem(item);
    else {
      this.#recorder.dropItem();
      this.#faults.push({ item, code: fault.code, place: fault.place, message: fault.message });
    }
    if (this.#recorder.nameCount >= NAMES_PER_PART) this.#handOver();
  }

  /** Hands over the rest. Returns the faults. */
  finish(): ItemFault[] {
    this.#handOver();
    return this.#faults;
  }

  #handOver(): void {
    const files = this.#recorder.finish();
    if (files.items.length > 0) this.#options.onFiles(files);
    this.#recorder = new ItemRecorder(this.#options);
  }
}
