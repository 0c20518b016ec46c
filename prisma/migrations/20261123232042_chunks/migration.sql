-- CreateTable
CREATE TABLE "chunk" (
    "id" SERIAL NOT NULL,
    "sha256" BYTEA NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "use_count" INTEGER NOT NULL,

    CONSTRAINT "chunk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_chunk" (
    "content_id" BIGINT NOT NULL,
    "min_bytes" INTEGER NOT NULL,
    "average_bytes" INTEGER NOT NULL,
    "max_bytes" INTEGER NOT NULL,
    "chunk_ids" BYTEA NOT NULL,

    CONSTRAINT "content_chunk_pkey" PRIMARY KEY ("content_id","min_bytes","average_bytes","max_bytes")
);

-- CreateIndex
CREATE UNIQUE INDEX "chunk_sha256_key" ON "chunk"("sha256");
