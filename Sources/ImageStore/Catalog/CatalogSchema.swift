// SPDX-License-Identifier: Apache-2.0

/// The tables of catalog.db. A change goes into a new step of `migrations`; a step that shipped is never edited.
///
/// Truth are `refs`, `images`, `containers` and the live leases; `layers.images` is a derived count that `check`
/// recomputes. Digests are blobs of 32 bytes.
enum CatalogSchema {
    /// "dlit": a catalog is recognised before it is opened.
    static let applicationID = 0x646c_6974
    static var version: Int { migrations.count }

    /// `migrations[n]` brings version n to version n + 1.
    static let migrations = [images + layers + containers]

    private static let images = """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
        INSERT INTO meta VALUES('generation', 1), ('indexed', 0);
        CREATE TABLE images(
            key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, manifest BLOB NOT NULL,
            created TEXT, seconds INTEGER NOT NULL, nanoseconds INTEGER NOT NULL, size INTEGER NOT NULL,
            os TEXT NOT NULL, architecture TEXT NOT NULL, variant TEXT, parent BLOB,
            origin INTEGER NOT NULL, pinned INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX images_parent ON images(parent) WHERE parent IS NOT NULL;
        CREATE TABLE details(
            image INTEGER PRIMARY KEY REFERENCES images ON DELETE CASCADE,
            manifest_type TEXT NOT NULL, manifest_size INTEGER NOT NULL, config_type TEXT NOT NULL,
            config_size INTEGER NOT NULL, author TEXT, comment TEXT, docker_version TEXT, os_version TEXT,
            tagged INTEGER);
        CREATE TABLE labels(
            image INTEGER NOT NULL REFERENCES images ON DELETE CASCADE, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY(image, key)) WITHOUT ROWID;
        CREATE TABLE history(
            image INTEGER NOT NULL REFERENCES images ON DELETE CASCADE, position INTEGER NOT NULL, created TEXT,
            created_by TEXT, author TEXT, comment TEXT, empty INTEGER NOT NULL,
            PRIMARY KEY(image, position)) WITHOUT ROWID;
        CREATE TABLE refs(
            name TEXT PRIMARY KEY, image INTEGER NOT NULL REFERENCES images,
            target BLOB NOT NULL, target_type TEXT NOT NULL, target_size INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX refs_image ON refs(image);

        """

    private static let layers = """
        CREATE TABLE blobs(
            digest BLOB PRIMARY KEY, size INTEGER NOT NULL, media_type TEXT NOT NULL, diff BLOB,
            tar_size INTEGER, layer_size INTEGER, damaged INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX blobs_diff ON blobs(diff) WHERE diff IS NOT NULL;
        CREATE TABLE sources(
            blob BLOB NOT NULL, host TEXT NOT NULL, repository TEXT NOT NULL,
            PRIMARY KEY(blob, host, repository)) WITHOUT ROWID;
        CREATE TABLE image_blobs(
            image INTEGER NOT NULL REFERENCES images ON DELETE CASCADE, blob BLOB NOT NULL,
            PRIMARY KEY(image, blob)) WITHOUT ROWID;
        CREATE INDEX image_blobs_blob ON image_blobs(blob);
        CREATE TABLE layers(
            key INTEGER PRIMARY KEY, chain BLOB NOT NULL UNIQUE, diff BLOB NOT NULL, size INTEGER NOT NULL,
            images INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX layers_diff ON layers(diff);
        CREATE TABLE image_layers(
            image INTEGER NOT NULL REFERENCES images ON DELETE CASCADE, position INTEGER NOT NULL,
            layer INTEGER NOT NULL REFERENCES layers, blob BLOB NOT NULL,
            PRIMARY KEY(image, position)) WITHOUT ROWID;
        CREATE INDEX image_layers_layer ON image_layers(layer);

        """

    private static let containers = """
        CREATE TABLE containers(
            id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, image BLOB, running INTEGER NOT NULL,
            created INTEGER NOT NULL, document BLOB NOT NULL) WITHOUT ROWID;
        CREATE INDEX containers_image ON containers(image);
        CREATE TABLE container_layers(
            container TEXT NOT NULL REFERENCES containers ON DELETE CASCADE, position INTEGER NOT NULL,
            layer INTEGER NOT NULL REFERENCES layers, PRIMARY KEY(container, position)) WITHOUT ROWID;
        CREATE INDEX container_layers_layer ON container_layers(layer);
        CREATE TABLE container_mounts(
            container TEXT NOT NULL REFERENCES containers ON DELETE CASCADE, image BLOB NOT NULL,
            PRIMARY KEY(container, image)) WITHOUT ROWID;
        CREATE INDEX container_mounts_image ON container_mounts(image);
        CREATE TABLE volumes(
            name TEXT PRIMARY KEY, anonymous INTEGER NOT NULL, created INTEGER NOT NULL,
            document BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE container_volumes(
            container TEXT NOT NULL REFERENCES containers ON DELETE CASCADE, volume TEXT NOT NULL,
            PRIMARY KEY(container, volume)) WITHOUT ROWID;
        CREATE INDEX container_volumes_volume ON container_volumes(volume);

        """
}
