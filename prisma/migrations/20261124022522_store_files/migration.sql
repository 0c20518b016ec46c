-- CreateTable
CREATE TABLE "store_file" (
    "component_id" BIGINT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "executable" BOOLEAN NOT NULL,
    "byte_count" BIGINT NOT NULL,
    "target" TEXT,
    "content_id" BIGINT,

    CONSTRAINT "store_file_pkey" PRIMARY KEY ("component_id","ordinal")
);

-- CreateTable
CREATE TABLE "packed_item" (
    "component_id" BIGINT NOT NULL,
    "engine_version" INTEGER NOT NULL,
    "stamp" BIGSERIAL NOT NULL,
    "file_count" INTEGER NOT NULL,
    "file_bytes" BIGINT NOT NULL,
    "content_id" BYTEA NOT NULL,
    "byte_count" BYTEA NOT NULL,

    CONSTRAINT "packed_item_pkey" PRIMARY KEY ("component_id")
);

-- CreateIndex
CREATE INDEX "store_file_content_id_idx" ON "store_file"("content_id");

-- CreateIndex
CREATE UNIQUE INDEX "packed_item_stamp_key" ON "packed_item"("stamp");
