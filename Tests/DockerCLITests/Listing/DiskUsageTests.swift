// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import DockerCLI

/// `system df`, with docker's arithmetic: shared layers count once, and all of an unused image is reclaimable.
struct DiskUsageTests {
    private let store: ListingStore
    private let images: ListingStore.Transcript

    init() throws {
        store = try ListingStore()
        images = try store.addTranscript()
    }

    @Test func `each kind has a row`() throws {
        #expect(
            try store.run("system", "df").out == """
                TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE
                Images          4         0         4.565MB   4.565MB (100%)
                Containers      0         0         0B        0B
                Local Volumes   0         0         0B        0B
                Build Cache     0         0         0B        0B

                """)
        #expect(
            try store.run("system", "df", "--format", "json").out.split(separator: "\n").first ?? "" == """
                {"Active":"0","Reclaimable":"4.565MB (100%)","Size":"4.565MB","TotalCount":"4","Type":"Images"}
                """)
    }

    @Test func `verbose shows each image with what it shares`() throws {
        #expect(
            try store.run("system", "df", "-v").out == """
                Images space usage:

                REPOSITORY   TAG       IMAGE ID       CREATED         SIZE      SHARED SIZE   UNIQUE SIZE   CONTAINERS
                m            3         \(images.third.short)   1 second ago    4.56MB    4.265MB       300kB         0
                m            2         \(images.second.short)   2 seconds ago   4.26MB    4.265MB       0B            0
                m            1         \(images.first.short)   3 seconds ago   4.06MB    4.065MB       0B            0
                base         1         \(images.base.short)   3 seconds ago   3.96MB    3.965MB       0B            0

                Containers space usage:

                CONTAINER ID   IMAGE     COMMAND   LOCAL VOLUMES   SIZE      CREATED   STATUS    NAMES

                Local Volumes space usage:

                VOLUME NAME   LINKS     SIZE

                Build cache usage: 0B

                CACHE ID   CACHE TYPE   SIZE      CREATED   LAST USED   USAGE     SHARED

                """)
    }

    @Test func `a template over the whole report gets no newline`() throws {
        #expect(try store.run("system", "df", "-v", "--format", "{{len .Images}}").out == "4")
        #expect(
            try store.run("system", "df", "-v", "--format", "{{range .Images}}{{.ID}}\n{{end}}").out
                == "\(images.third)\n\(images.second)\n\(images.first)\n\(images.base)\n")
    }

    @Test func `volumes count, and are reclaimable while no container has them`() throws {
        _ = try store.run("volume", "create", "data")
        try "12345".write(toFile: store.root + "/volumes/data/_data/file", atomically: true, encoding: .utf8)
        let rows = try store.run(
            "system", "df", "--format", "{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}} {{.Reclaimable}}")
        #expect(rows.out.split(separator: "\n").dropFirst(2).first ?? "" == "Local Volumes 1 0 5B 5B (100%)")
        let verbose = try store.run(
            "system", "df", "-v", "--format", "{{range .Volumes}}{{.Name}} {{.Links}} {{.Size}}{{end}}")
        #expect(verbose.out == "data 0 5B")
    }
}
