const NONE = 0;

/** Numbers pairs of numbers from 0, in order of occurrence: equal pairs get equal numbers. Open addressing over typed arrays. */
export class UnitTable {
  #count = 0;
  #first: Float64Array;
  #second: Float64Array;
  /** Unit + 1 by slot, 0 if the slot is free; at most half full. */
  #slots: Int32Array;

  constructor(expected = 1024) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(expected, 8)));
    this.#first = new Float64Array(capacity);
    this.#second = new Float64Array(capacity);
    this.#slots = new Int32Array(2 * capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** The number of this pair of safe integers; a new one for a new pair. */
  add(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = mix(first, second) & mask;
    for (let unit = this.#slots[slot]!; unit !== NONE; unit = this.#slots[slot]!) {
      if (this.#first[unit - 1] === first && this.#second[unit - 1] === second) return unit - 1;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.#first.length) {
      this.#grow();
      return this.add(first, second);
    }
    this.#first[this.#count] = first;
    this.#second[this.#count] = second;
    this.#slots[slot] = ++this.#count;
    return this.#count - 1;
  }

  #grow(): void {
    const first = this.#first;
    const second = this.#second;
    this.#first = new Float64Array(2 * first.length);
    this.#first.set(first);
    this.#second = new Float64Array(2 * second.length);
    this.#second.set(second);
    this.#slots = new Int32Array(4 * first.length);
    const mask = this.#slots.length - 1;
    for (let unit = 0; unit < this.#count; unit++) {
      let slot = mix(first[unit]!, second[unit]!) & mask;
      while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
      this.#slots[slot] = unit + 1;
    }
  }
}

/** Both halves of both numbers, mixed like MurmurHash3's finaliser. */
function mix(first: number, second: number): number {
  let bits = Math.imul(first | 0, 0x9e3779b1) ^ Math.imul((first / 4294967296) | 0, 0x85ebca77);
  bits ^= Math.imul(second | 0, 0xc2b2ae3d) ^ Math.imul((second / 4294967296) | 0, 0x27d4eb2f);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
