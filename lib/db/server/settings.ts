import { totalmem } from "node:os";

const MEGABYTE = 1 << 20;

/**
 * What differs from Postgres' defaults, given on its command line so that a new version of ours takes effect on an old
 * data directory. Chosen for one person's laptop, a few clients, and loads of millions of rows by COPY.
 *
 * `synchronous_commit` stays on: a scan is one transaction, so there is one flush an artifact to save, and a report
 * whose address was printed must outlive a crash.
 */
export function serverSettings(socketDirectory: string): Record<string, string> {
  const memory = totalmem() / MEGABYTE;
  return {
    // No port: a Postgres of the system's and other checkouts never meet, and no other account can connect.
    listen_addresses: "",
    unix_socket_directories: quoteListItem(socketDirectory),
    unix_socket_permissions: "0700",
    port: "5432",
    max_connections: "100",
    shared_buffers: `${Math.round(Math.min(512, Math.max(64, memory / 8)))}MB`,
    effective_cache_size: `${Math.round(memory / 2)}MB`,
    work_mem: "32MB",
    maintenance_work_mem: "256MB",
    // A load writes its bytes to the log and again at the checkpoint: let several loads pass between two checkpoints.
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    wal_level: "minimal",
    max_wal_senders: "0",
    wal_compression: "on",
    // Compiling a query costs more than our longest query takes.
    jit: "off",
    random_page_cost: "1.1",
    // /dev/shm has 64 MB in most containers, and a parallel query that finds it full fails: keep out of it.
    dynamic_shared_memory_type: "mmap",
    min_dynamic_shared_memory: "32MB",
    log_timezone: "UTC",
    TimeZone: "UTC",
  };
}

/** A list of directories splits at commas and strips spaces, except inside double quotes (varlena.c, SplitDirectoriesString). */
function quoteListItem(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
