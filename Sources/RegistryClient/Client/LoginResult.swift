// SPDX-License-Identifier: Apache-2.0

/// What a successful login gives to keep.
public struct LoginResult: Sendable, Hashable {
    /// To be stored instead of the password, if the token server issues such tokens.
    public let identityToken: Secret?
}
