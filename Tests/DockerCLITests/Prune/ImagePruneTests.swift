// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DockerCLI

/// `image prune`, `system prune` and the verbs that guard images: exact output.
struct ImagePruneTests {
    private let store: ListingStore

    init() throws {
        store = try ListingStore()
    }

    private func recipe(_ content: String, created: String = "2026-11-24T14:19:53Z", config: String = "{}")
        -> ListingStore.Recipe
    {
        ListingStore.Recipe(
            layers: [ListingStore.Layer(content: content, size: 1_000_000)], created: created, config: config)
    }

    private func names() throws -> [String] {
        try store.run("images", "-a", "--format", "{{.Repository}}:{{.Tag}}").out.split(separator: "\n").map(
            String.init)
    }

    private static let question = "Are you sure you want to continue? [y/N] "

    @Test func `nothing to remove`() throws {
        #expect(
            try store.run("image", "prune", "-f")
                == TestContext.Outcome(code: 0, out: "Total reclaimed space: 0B\n"))
        #expect(
            try store.run("system", "prune", "-f")
                == TestContext.Outcome(code: 0, out: "Total reclaimed space: 0B\n"))
    }

    @Test func `the question, and no answer`() throws {
        #expect(
            try store.run("image", "prune")
                == TestContext.Outcome(
                    code: 0, out: "WARNING! This will remove all dangling images.\n" + Self.question))
        #expect(
            try store.run("image", "prune", "-a").out
                == "WARNING! This will remove all images without at least one container associated to them.\n"
                + Self.question)
        #expect(
            try store.run("system", "prune", "--volumes", "--filter", "label=x").out == """
                WARNING! This will remove:
                  - all stopped containers
                  - all networks not used by at least one container
                  - all anonymous volumes not used by at least one container
                  - all dangling images
                  - unused build cache

                  Items to be pruned will be filtered with:
                  - label=x

                \(Self.question)
                """)
    }

    @Test func `dangling images go, tagged ones stay, a dry run says the same and touches nothing`() throws {
        let dangling = try store.add(recipe("a"))
        try store.add(recipe("b"), ["app:1"])
        let rehearsal = try store.run("image", "prune", "--dry-run")
        #expect(try names().count == 2)
        let pruned = try store.run("image", "prune", "-f")
        #expect(pruned.out.hasPrefix("Deleted Images:\ndeleted: \(dangling)\ndeleted: sha256:"))
        #expect(pruned.out.contains("\n\nTotal reclaimed space: "))
        #expect(rehearsal.out == pruned.out.replacing("reclaimed", with: "reclaimable"))
        #expect(try names() == ["app:1"])
    }

    @Test func `-a removes tagged images, except pinned ones and those a pattern excepts`() throws {
        for tag in ["1", "2", "3"] { try store.add(recipe(tag), ["app:\(tag)"]) }
        #expect(try store.run("image", "pin", "app:2").out == "app:2\n")
        let pruned = try store.run("image", "prune", "-a", "-f", "--except", "app:3")
        #expect(pruned.out.hasPrefix("Deleted Images:\nuntagged: app:1\ndeleted: sha256:"))
        #expect(try Set(names()) == ["app:2", "app:3"])
    }

    @Test func `--keep leaves the newest tags of each repository`() throws {
        for day in 1...3 {
            try store.add(recipe("\(day)", created: "2026-11-0\(day)T00:00:00Z"), ["ci/app:\(day)", "ci/other:\(day)"])
        }
        _ = try store.run("image", "prune", "-f", "--keep", "1", "--reference", "ci/app")
        #expect(try Set(names()) == ["ci/app:3", "ci/other:1", "ci/other:2", "ci/other:3"])
    }

    @Test func `--max-size and --unused-for`() throws {
        for tag in ["1", "2"] { try store.add(recipe(tag), ["app:\(tag)"]) }
        _ = try store.run("image", "prune", "-f", "--max-size", "1GB")
        #expect(try names().count == 2)
        _ = try store.run("image", "prune", "-f", "--max-size", "1B")
        #expect(try names().isEmpty)
        #expect(
            try store.run("image", "prune", "-f", "--unused-for", "xd")
                == TestContext.Outcome(
                    code: 1, err: "invalid age \"xd\": expected a duration such as 12h, 30d or 2w\n"))
    }

    @Test func `pruneFilters of config.json are applied, unless the command line says the opposite`() throws {
        try store.add(recipe("a", config: #"{"Labels":{"keep":"1"}}"#))
        let config = #"{"pruneFilters":["label!=keep"]}"#
        #expect(
            try store.run("image", "prune", "-f", config: config).out == "Total reclaimed space: 0B\n")
        let pruned = try store.run("image", "prune", "-f", "--filter", "label=keep", config: config)
        #expect(pruned.out.hasPrefix("Deleted Images:\n"))
    }

    @Test func `filters that cannot be`() throws {
        #expect(
            try store.run("image", "prune", "-f", "--filter", "foo=bar")
                == TestContext.Outcome(code: 1, err: "Error response from daemon: invalid filter 'foo'\n"))
        #expect(
            try store.run("system", "prune", "-f", "--volumes", "--filter", "until=1h")
                == TestContext.Outcome(
                    code: 1, err: "ERROR: The \"until\" filter is not supported with \"--volumes\"\n"))
    }

    @Test func `a pinned image goes only with force`() throws {
        let id = try store.add(recipe("a"), ["app:1"])
        _ = try store.run("image", "pin", "app:1")
        #expect(
            try store.run("rmi", "app:1")
                == TestContext.Outcome(
                    code: 1,
                    err: "Error response from daemon: conflict: unable to delete \(id.short) (must be forced) - "
                        + "image is pinned\n"))
        _ = try store.run("image", "unpin", "app:1")
        #expect(try store.run("rmi", "app:1").code == 0)
    }

    @Test func `rmi --dry-run counts what several images share once, and touches nothing`() throws {
        try store.add(recipe("a"), ["app:1", "app:2"])
        let outcome = try store.run("rmi", "--dry-run", "app:1", "app:2")
        #expect(outcome.out.hasPrefix("Untagged: app:1\nUntagged: app:2\nDeleted: sha256:"))
        #expect(outcome.out.contains("Total reclaimable space: "))
        #expect(try names().count == 2)
    }

    @Test func `rmi --pattern`() throws {
        for name in ["ci/a:old-1", "ci/b:old-2", "ci/b:new"] { try store.add(recipe(name), [name]) }
        #expect(try store.run("rmi", "ci/*:old-*").code == 1)
        #expect(try store.run("rmi", "--pattern", "ci/*:old-*").code == 0)
        #expect(try names() == ["ci/b:new"])
        #expect(
            try store.run("rmi", "--pattern", "ci/*:old-*").err
                == "Error response from daemon: No such image: ci/*:old-*\n")
    }

    @Test func `untag takes the name and leaves the image`() throws {
        try store.add(recipe("a"), ["app:1"])
        #expect(try store.run("image", "untag", "app:1") == TestContext.Outcome(code: 0, out: "Untagged: app:1\n"))
        #expect(try names() == ["<none>:<none>"])
        #expect(
            try store.run("image", "untag", "app:1")
                == TestContext.Outcome(code: 1, err: "Error response from daemon: No such image: app:1\n"))
    }

    @Test func `exists says it by the exit code alone`() throws {
        try store.add(recipe("a"), ["app:1"])
        #expect(try store.run("image", "exists", "app:1") == TestContext.Outcome(code: 0))
        #expect(try store.run("image", "exists", "app:2") == TestContext.Outcome(code: 1))
    }
}
