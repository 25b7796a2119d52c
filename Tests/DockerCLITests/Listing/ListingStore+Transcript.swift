// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

extension ListingStore {
    /// The images of the transcript: `base:1` under two names, and `m:1` to `m:3`, each made from the one before.
    struct Transcript {
        var base, first, second, third: Digest
    }

    private static let labels = #"{"Cmd":["/bin/sh"],"Env":["PATH=/bin"],"Labels":{"a":"b","c":"d e"}}"#
    private static let importStep = #"{"created":"2026-11-24T14:19:53.238440702Z","comment":"base import"}"#

    func addTranscript() throws -> Transcript {
        var recipe = Recipe(
            layers: [Self.baseLayer], created: "2026-11-24T14:19:53.238440702Z", config: Self.labels,
            history: [Self.importStep], extra: #","comment":"base import","docker_version":"28.5.2""#)
        let base = try add(recipe, ["base:1", "localhost:5001/team/base:1"], origin: .created)
        var images = [base]
        for (number, created) in ["2026-11-24T14:19:53.9Z", "2026-11-24T14:19:54Z", "2026-11-24T14:19:55Z"].enumerated()
        {
            let bytes = (number + 1) * 100_000
            recipe.layers.append(Layer(content: "f\(number + 1)", size: Int64(bytes)))
            recipe.created = created
            recipe.extra = ""
            recipe.history.append(
                """
                {"created":"\(created)","created_by":"sh -c head -c \(bytes) /dev/urandom > /f\(number + 1)",\
                "comment":"step \(number + 1)"}
                """)
            images.append(try add(recipe, ["m:\(number + 1)"], parent: images[number], origin: .created))
        }
        return Transcript(base: base, first: images[1], second: images[2], third: images[3])
    }
}
