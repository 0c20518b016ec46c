/** A typed array as stored bytes: little-endian on every platform Node runs on. */
export function toBytes(array: Int32Array | Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
