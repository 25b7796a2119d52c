// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine
import ImageStore
import RegistryClient

extension Context {
    /// The line for an error: what docker's engine would report carries its prefix, except inside a stream.
    func text(of error: any Error) -> String {
        switch error {
        case ContainerError.emptyName: "\(error)"
        case let error as EngineError: error.phase == .request ? errorPrefix + error.message : error.message
        case ContainerError.syntax(let message): message
        case is StoreError, is RegistryError, is FilterError, is NoSuchObject, is ContainerError:
            errorPrefix + "\(error)"
        default: "\(error)"
        }
    }
}

extension StoreError {
    /// Whether docker's engine answers this with 404.
    var isNotFound: Bool {
        switch self {
        case .noSuchImage, .referenceNotFound, .noSuchContainer, .noSuchVolume: true
        default: false
        }
    }
}
