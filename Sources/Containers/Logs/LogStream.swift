// SPDX-License-Identifier: Apache-2.0

/// The stream a container wrote to.
public enum LogStream: Sendable {
    case stdout, stderr
}
