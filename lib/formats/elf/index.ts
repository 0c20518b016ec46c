export { isElf, MAX_ELF_BYTES, parseElf } from "./parse-elf.ts";
