/**
 * Loaded into the server under load (`node --expose-gc --import`): collects garbage when its parent asks, and tells what is left.
 * Nothing else of the server is different.
 */
process.on("message", () => {
  if (globalThis.gc === undefined) throw new Error("the server must be started with --expose-gc");
  // The second takes what finalizers of the first let go.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ heapUsed, external });
});
// It may end while the channel is open.
process.channel?.unref();
