-- Files by name over all artifacts (docs/decisions/0045). Text is no B-tree key (docs/decisions/0011), but its first 64 characters are:
-- at most 256 bytes. Lowered as in the collation C, which changes ASCII letters alone and never with the system's libraries.
CREATE INDEX "layer_entry_name_idx" ON "layer_entry"((lower(left("name", 64) COLLATE "C")), hashtext("dir"), "kind");

-- Directories of store items are never looked up by name.
CREATE INDEX "store_file_name_idx" ON "store_file"((lower(left(split_part("path", '/', -1), 64) COLLATE "C"))) WHERE "kind" <> 1;
