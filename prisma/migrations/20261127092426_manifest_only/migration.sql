-- AlterTable
ALTER TABLE "image" ALTER COLUMN "layers_content_size" DROP NOT NULL,
ALTER COLUMN "rootfs_size" DROP NOT NULL,
ALTER COLUMN "wasted_size" DROP NOT NULL;

-- AlterTable
ALTER TABLE "layer" ALTER COLUMN "tar_size" DROP NOT NULL,
ALTER COLUMN "content_size" DROP NOT NULL,
ALTER COLUMN "entry_count" DROP NOT NULL;
