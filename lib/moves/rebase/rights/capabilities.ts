/** The capabilities of Linux, in the order of their bits (capabilities(7)). */
const NAMES =
  "chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore".split(
    " ",
  );

const IS_EFFECTIVE = 1;
/** Bytes of the header, and of the two sets of each 32 capabilities. */
const HEADER_BYTES = 4;
const WORD_BYTES = 8;

/** A `security.capability` as `getcap` shows it: `cap_net_raw=ep`. A value of another form is shown in hexadecimal. */
export function formatCapabilities(value: string): string {
  const bytes = Buffer.from(value, "latin1");
  const words = bytes[3] === 1 ? 1 : 2;
  if (bytes.length < HEADER_BYTES + words * WORD_BYTES) return `0x${bytes.toString("hex")}`;
  const isEffective = (bytes.readUInt32LE(0) & IS_EFFECTIVE) !== 0;
  const sets = Map.groupBy(NAMES.keys(), (bit) => flagsOf(bytes, bit, { isEffective, words }));
  sets.delete("");
  return [...sets].map(([flags, bits]) => `${bits.map((bit) => `cap_${NAMES[bit]}`).join(",")}=${flags}`).join(" ");
}

function flagsOf(
  bytes: Buffer,
  bit: number,
  { isEffective, words }: { readonly isEffective: boolean; readonly words: number },
): string {
  const word = bit >> 5;
  if (word >= words) return "";
  const has = (at: number) => (bytes.readUInt32LE(HEADER_BYTES + word * WORD_BYTES + at) & (1 << (bit & 31))) !== 0;
  const [permitted, inheritable] = [has(0), has(4)];
  if (!permitted && !inheritable) return "";
  return `${isEffective ? "e" : ""}${inheritable ? "i" : ""}${permitted ? "p" : ""}`;
}
