-- The first migration was landed with this index and then written anew without it. Databases of either edition are one from here.
DROP INDEX IF EXISTS "store_reference_reference_id_idx";
