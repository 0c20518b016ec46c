-- AlterTable
ALTER TABLE "image" ALTER COLUMN "download_size" DROP NOT NULL;

-- AlterTable
ALTER TABLE "image_layer" ALTER COLUMN "download_size" DROP NOT NULL;

-- A plain tar of a `docker save` archive was taken for what a registry stores.
UPDATE "image_layer" SET "download_size" = NULL FROM "layer"
WHERE "layer"."id" = "image_layer"."layer_id" AND "image_layer"."blob_digest" = "layer"."diff_id"
  AND "image_layer"."media_type" = 'application/vnd.docker.image.rootfs.diff.tar';
UPDATE "image" SET "download_size" = NULL
WHERE EXISTS (SELECT FROM "image_layer" WHERE "image_layer"."artifact_id" = "image"."artifact_id" AND "image_layer"."download_size" IS NULL);
