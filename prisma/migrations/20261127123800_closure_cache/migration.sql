-- CreateTable
CREATE TABLE "closure_cache" (
    "artifact_id" INTEGER NOT NULL,
    "file_sizes" BYTEA NOT NULL,
    "download_size" BIGINT,
    "key_names" TEXT[],
    "check" BYTEA NOT NULL,
    "checks" JSONB NOT NULL,
    "stamp" BIGINT NOT NULL,

    CONSTRAINT "closure_cache_pkey" PRIMARY KEY ("artifact_id")
);

-- AddForeignKey
ALTER TABLE "closure_cache" ADD CONSTRAINT "closure_cache_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;
