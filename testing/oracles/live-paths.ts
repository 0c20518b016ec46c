/** The definition of live store paths, naively: repeats until no more paths become live. */
export function findLivePaths(store: {
  nodeCount: number;
  from: Int32Array;
  to: Int32Array;
  roots: Int32Array;
  derivers: Int32Array;
}): Uint8Array {
  const live = new Uint8Array(store.nodeCount);
  for (const root of store.roots) live[root] = 1;
  let liveCount = -1;
  for (let now = 0; liveCount !== now; now = live.reduce((sum, mark) => sum + mark, 0)) {
    liveCount = now;
    store.from.forEach((node, edge) => {
      if (live[node] === 1) live[store.to[edge]!] = 1;
    });
    store.derivers.forEach((deriver, node) => {
      if (live[node] === 1 && deriver >= 0) live[deriver] = 1;
    });
  }
  return live;
}
