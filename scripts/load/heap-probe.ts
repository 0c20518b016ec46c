/**
 * Loaded into the server under load (`node --expose-gc --import`): collects garbage when its parent asks, and reports what is left.
 * The server is otherwise unchanged.
 */
process.on("message", () => {
  if (globalThis.gc === undefined) throw new Error("the server must be started with --expose-gc");
  // The second collection frees what finalizers of the first released.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ heapUsed, external });
});
// The process may end while the channel is open.
process.channel?.unref();
