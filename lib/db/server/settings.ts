import { totalmem } from "node:os";

const MEGABYTE = 1 << 20;

/**
 * Settings that differ from Postgres' defaults, on the command line so that a new version of ours also applies them to an old
 * data directory. Chosen for one person's laptop, a few clients, and loads of millions of rows by COPY.
 *
 * `synchronous_commit` stays on: a scan is one transaction, so it would save one flush per artifact, and a report whose URL was
 * printed must survive a crash.
 */
export function serverSettings(socketDirectory: string): Record<string, string> {
  const memory = totalmem() / MEGABYTE;
  return {
    // No port: it cannot collide with a system Postgres or another checkout, and no other account can connect.
    listen_addresses: "",
    unix_socket_directories: quoteListItem(socketDirectory),
    unix_socket_permissions: "0700",
    port: "5432",
    max_connections: "100",
    shared_buffers: `${Math.round(Math.min(512, Math.max(64, memory / 8)))}MB`,
    effective_cache_size: `${Math.round(memory / 2)}MB`,
    work_mem: "32MB",
    maintenance_work_mem: "256MB",
    // A load writes its bytes to the log and again at the checkpoint: allow several loads between two checkpoints.
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    wal_level: "minimal",
    max_wal_senders: "0",
    wal_compression: "on",
    // Compiling a query costs more than our longest query takes.
    jit: "off",
    random_page_cost: "1.1",
    // /dev/shm has 64 MB in most containers, and a parallel query fails when it is full: do not use it.
    dynamic_shared_memory_type: "mmap",
    min_dynamic_shared_memory: "32MB",
    log_timezone: "UTC",
    TimeZone: "UTC",
  };
}

/**
 * A list of directories is split at commas and stripped of spaces, except inside double quotes (varlena.c,
 * SplitDirectoriesString).
 */
function quoteListItem(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
