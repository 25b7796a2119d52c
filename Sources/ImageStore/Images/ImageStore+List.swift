// SPDX-License-Identifier: Apache-2.0

public import OCI

extension ImageStore {
    /// Images, newest first, ties by ID. From the catalog alone.
    public func images(_ options: ListOptions = ListOptions()) throws -> [ImageSummary] {
        try reading { try $0.images(options) }
    }

    /// What `inspect` needs beside the config document.
    public func details(of id: Digest) throws -> ImageDetails {
        try reading { try $0.details(id) }
    }

    /// What `history` prints, newest first. From the catalog alone.
    /// Throws `.historyMismatch` when the config lists more steps with layers than layers.
    public func history(of id: Digest) throws -> [HistoryRow] {
        try reading { try $0.history(id) }
    }
}
